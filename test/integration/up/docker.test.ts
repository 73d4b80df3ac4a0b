import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPromptmeter, type PromptmeterProcess } from '../../helpers/promptmeterProcess.js';
import { ROOT } from '../../helpers/repository.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { until } from '../../helpers/until.js';
import { untilReady } from '../../helpers/upEvents.js';

let folder: TemporaryFolder;
let up: PromptmeterProcess | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  up?.kill('SIGKILL');
  await up?.exit;
  folder.remove();
});

/** `up` with a docker that writes down what it is asked, and answers `up` as told. */
function startUp(answerToUp: string, args: readonly string[] = []): PromptmeterProcess {
  folder.write(
    'bin/docker',
    `#!/bin/sh\necho "$*" >> ${folder.path}/asked\ncase "$*" in *" up "*) ${answerToUp} ;; esac\n`,
  );
  chmodSync(join(folder.path, 'bin/docker'), 0o755);
  up = startPromptmeter(['up', '--json', ...args], {
    cwd: folder.path,
    env: { PATH: `${folder.path}/bin:/usr/bin:/bin`, PROMPTMETER_PROMETHEUS_PORT: '19090' },
  });
  return up;
}

const asked = () => readFileSync(join(folder.path, 'asked'), 'utf8').trim().split('\n').slice(2);
const COMPOSE = `compose --file ${join(ROOT, 'docker-compose.yml')}`;

describe('promptmeter up with Docker', () => {
  it('brings the compose file up with the demo, and down again when it is told to stop', async () => {
    const stack = startUp('exit 0');
    expect(await untilReady(stack)).toMatchObject({ prometheus: 'http://127.0.0.1:19090' });
    stack.kill('SIGINT');
    expect(await stack.exit).toBe(0);
    expect(asked()).toEqual([
      `${COMPOSE} --profile demo up --build --wait --remove-orphans`,
      `${COMPOSE} --profile demo logs --follow --tail 0 exporter`,
      `${COMPOSE} --profile demo down --remove-orphans`,
    ]);
  });

  it('hands the ports to the compose file', async () => {
    const stack = startUp(
      `echo "port $PROMPTMETER_PROMETHEUS_PORT $PROMPTMETER_GRAFANA_PORT" >> ${folder.path}/asked`,
      ['--grafana-port', '13000'],
    );
    await untilReady(stack);
    expect(asked()).toContain('port 19090 13000');
  });

  it('leaves the demo out on request', async () => {
    const stack = startUp('exit 0', ['--no-demo']);
    expect(await untilReady(stack)).toMatchObject({ incident: null });
    expect(asked()[0]).toBe(`${COMPOSE} up --build --wait --remove-orphans`);
  });

  it('says how to do without Docker when the stack cannot be brought up', async () => {
    const stack = startUp('echo "no such image" >&2; exit 1');
    expect(await stack.exit).toBe(69);
    expect(stack.err).toContain('no such image');
    expect(stack.err.at(-1)).toMatch(
      /^promptmeter: Docker Compose could not start the stack.*`npm start -- --native` runs it without Docker$/,
    );
    expect(asked().at(-1)).toBe(`${COMPOSE} --profile demo down --remove-orphans`);
  });

  it('interrupts the start when it is told to stop meanwhile', async () => {
    const stack = startUp(`exec sleep 1000`);
    await until(() => stack.err.length > 0, 'its first words');
    stack.kill('SIGTERM');
    expect(await stack.exit).toBe(0);
    expect(asked().at(-1)).toBe(`${COMPOSE} --profile demo down --remove-orphans`);
  });
});
