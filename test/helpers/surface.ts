import { clientPair, settled } from './measuredClient.js';
import { startScriptedServer, type Script, type ScriptedServer } from './scriptedServer.js';
import { SDKS } from './sdks.js';

export type Client = InstanceType<(typeof SDKS)[number]['OpenAI']>;

/** One way to call the API, and what its calls are recorded as. */
export interface Surface {
  readonly title: string;
  readonly scripts: readonly Script[];
  readonly call: (client: Client) => Promise<unknown>;
  /** The events that end its calls. */
  readonly ended: readonly (readonly [name: string, metrics: object])[];
}

/** Defines a test for every surface with every SDK: a measured client gives what a bare one gives, and is recorded. */
export function testSurfaces(surfaces: readonly Surface[]): void {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(async () => {
    await server.close();
  });

  describe.each(SDKS)('$version', ({ OpenAI }) => {
    test.each(surfaces)('$title: the same for the caller, and recorded', async ({ scripts, call, ended }) => {
      const { bare, measured, reporter } = clientPair(OpenAI, { baseURL: server.url });
      server.script(...scripts);
      const expected = await call(bare);
      server.script(...scripts);
      expect(await call(measured)).toEqual(expected);
      await settled(reporter);
      expect(reporter.ended).toMatchObject(ended);
      expect(reporter.inFlight).toBe(0);
    });
  });
}
