import { asRecord } from '../call/guards.js';
import { callTiedTo, tieCorrelationId } from '../monitor/correlationIds.js';

type Helper = (...args: unknown[]) => unknown;

/** Where the SDK has helpers whose final answer is an object of their own making. */
const HELPERS: readonly (readonly [path: readonly string[], names: readonly string[]])[] = [
  [
    ['chat', 'completions'],
    ['stream', 'runTools'],
  ],
  [['responses'], ['stream']],
];

/** Has the final answers of the SDK's stream helpers know the call that they came from, so far as there are such. */
export function tieHelpers(client: object): void {
  for (const [path, names] of HELPERS) {
    const resource = path.reduce<unknown>((at, name) => asRecord(at)?.[name], client);
    if (typeof resource !== 'object' || resource === null) continue;
    for (const name of names) {
      const found: unknown = Reflect.get(resource, name);
      if (typeof found !== 'function') continue;
      const helper: Helper = (...args) => tied(Reflect.apply(found, resource, args));
      Object.defineProperty(resource, name, { value: helper, configurable: true, writable: true });
    }
  }
}

/** The helper itself, which tells of its last answer: of chat by an event, of responses by a method alone. */
function tied(runner: unknown): unknown {
  if (typeof runner !== 'object' || runner === null) return runner;
  const tie = (answer: unknown): void => {
    const call = callTiedTo(runner);
    if (call !== undefined) tieCorrelationId(answer, call);
  };
  const on: unknown = Reflect.get(runner, 'on');
  if (typeof on === 'function') Reflect.apply(on, runner, ['finalChatCompletion', tie]);
  const final: unknown = Reflect.get(runner, 'finalResponse');
  if (typeof final === 'function') {
    const finalResponse = async (): Promise<unknown> => {
      const answer: unknown = await Reflect.apply(final, runner, []);
      tie(answer);
      return answer;
    };
    Object.defineProperty(runner, 'finalResponse', { value: finalResponse, configurable: true, writable: true });
  }
  return runner;
}
