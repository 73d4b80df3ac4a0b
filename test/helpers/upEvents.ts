import { z } from 'zod';
import { eventually } from './eventually.js';
import type { PromptmeterProcess } from './promptmeterProcess.js';

const part = z.object({
  part: z.string(),
  state: z.enum(['healthy', 'failed', 'missing']),
  reason: z.string().optional(),
});
const ready = z.object({
  state: z.literal('ready'),
  prometheus: z.string().nullable(),
  alertmanager: z.string().nullable(),
  alerts: z.string(),
  openaiBaseUrl: z.string(),
  incident: z.string().nullable(),
});

export type PartEvent = z.infer<typeof part>;
export type Ready = z.infer<typeof ready>;

const START_SECONDS = 300;

/** What `promptmeter up --json` has told of its parts. */
export function partEvents({ out }: PromptmeterProcess): readonly PartEvent[] {
  return out.flatMap((line) => part.safeParse(JSON.parse(line)).data ?? []);
}

/** Where everything is, once it stands; rejects with what it wrote when it ends before. */
export async function untilReady(up: PromptmeterProcess): Promise<Ready> {
  const ended = up.exit.then((code): never => {
    throw new Error(`it ended with code ${code}:\n${[...up.out, ...up.err].join('\n')}`);
  });
  const found = eventually(
    'the stack',
    () => Promise.resolve(up.out.flatMap((line) => ready.safeParse(JSON.parse(line)).data ?? [])[0]),
    // The first time programs are fetched, or an image is built.
    START_SECONDS,
  );
  return Promise.race([found, ended]);
}

/** Options that let `promptmeter up` share a machine with anything. */
export const FREE_PORTS = ['gateway', 'metrics', 'prometheus', 'alertmanager', 'grafana', 'simulator', 'mail'].flatMap(
  (name) => [`--${name}-port`, '0'],
);
