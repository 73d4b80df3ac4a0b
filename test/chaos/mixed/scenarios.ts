import type { LedgerOutcome } from '../../../src/simulator/Ledger.js';

/** How the client saw its call end. `unanswered`: the connection closed without an answer, as after a drain began. */
export type Seen = 'whole' | 'unfinished' | 'broken' | 'left' | `${number}` | 'unanswered';

/** What a client does with its answer. */
export type Reading = 'reads' | 'reads slowly' | 'leaves before the answer' | 'leaves within the answer';

/** A sort of call, struck by a fault or not, and what must become of every single one. */
export interface Scenario {
  /** Also the value of the attribution label by which /metrics counts it. */
  readonly name: string;
  /** How often it is drawn, in relation to the others. */
  readonly weight: number;
  readonly stream: boolean;
  /** The usual one when absent; one of its own lets the ledger tell these calls from others. */
  readonly model?: string;
  /** Value of the header `x-simulate`. */
  readonly fault?: string;
  readonly reading?: Reading;
  readonly seen: readonly Seen[];
  /** `status` of ai_requests_total. */
  readonly counted: readonly string[];
  /** `error_type` of ai_errors_total for those that count as errors. */
  readonly errorType?: string;
  readonly ledger: readonly LedgerOutcome[];
}

type Fields = Omit<Scenario, 'name' | 'weight' | 'stream'>;

const whole: Fields = { seen: ['whole'], counted: ['success'], ledger: ['answered'] };
const refused = (status: `${number}`, fault: string, errorType: string, ledger: LedgerOutcome = 'refused'): Fields => ({
  fault,
  seen: [status],
  counted: ['error'],
  errorType,
  ledger: [ledger],
});

const streamed = (name: string, weight: number, fields: Fields): Scenario => ({
  name: `stream ${name}`,
  weight,
  stream: true,
  ...fields,
  counted: fields.counted.map((status) => `${status}_stream`),
});
const json = (name: string, weight: number, fields: Fields): Scenario => ({
  name: `json ${name}`,
  weight,
  stream: false,
  ...fields,
});

/** 80 % are streams. A call that its client leaves may have been answered just before. */
export const SCENARIOS: readonly Scenario[] = [
  streamed('whole', 25, whole),
  streamed('read slowly', 12, { ...whole, reading: 'reads slowly' }),
  streamed('torn into packets', 6, { ...whole, fault: 'split' }),
  streamed('cut', 6, {
    fault: 'cut=4',
    seen: ['broken'],
    counted: ['error'],
    errorType: 'stream_interrupted',
    ledger: ['cut'],
  }),
  streamed('reset before the answer', 4, refused('502', 'reset', 'connection', 'reset')),
  streamed('refused with 500', 3, refused('500', '500', 'server_error')),
  streamed('error event', 4, {
    fault: 'error_event=4',
    seen: ['unfinished'],
    counted: ['error'],
    errorType: 'server_error',
    ledger: ['error_event'],
  }),
  // Every answer in it has told its finish reason, so that nothing of it is missing.
  streamed('without [DONE]', 3, { fault: 'no_done', seen: ['unfinished'], counted: ['success'], ledger: ['no_done'] }),
  // Alone with its model, so that the ledger tells how many of these were given out whole.
  streamed('left within the answer', 9, {
    model: 'gpt-4o',
    fault: 'slow=3',
    reading: 'leaves within the answer',
    seen: ['left', 'whole'],
    counted: ['aborted', 'success'],
    ledger: ['client_left', 'answered'],
  }),
  streamed('stalled, then left', 3, {
    fault: 'stall=1',
    reading: 'leaves within the answer',
    seen: ['left'],
    counted: ['aborted'],
    ledger: ['stall'],
  }),
  streamed('stalled for good', 1, {
    fault: 'stall=4',
    seen: ['broken'],
    counted: ['error'],
    errorType: 'timeout',
    ledger: ['stall'],
  }),
  streamed('left before the answer', 4, {
    fault: 'timeout',
    reading: 'leaves before the answer',
    seen: ['left'],
    counted: ['aborted'],
    ledger: ['timeout'],
  }),
  json('whole', 10, whole),
  json('cut', 2, { fault: 'cut', seen: ['broken'], counted: ['error'], errorType: 'connection', ledger: ['cut'] }),
  json('reset before the answer', 2, refused('502', 'reset', 'connection', 'reset')),
  json('refused with 503', 2, refused('503', '503', 'overloaded')),
  json('left before the answer', 3, {
    fault: 'timeout',
    reading: 'leaves before the answer',
    seen: ['left'],
    counted: ['aborted'],
    ledger: ['timeout'],
  }),
  json('never answered', 1, refused('504', 'timeout', 'timeout', 'timeout')),
];

/** What nearly every call meets while a storm lasts. */
export const STORM: readonly Scenario[] = [
  streamed('refused with 429', 4, refused('429', '429', 'rate_limit')),
  json('refused with 429', 1, refused('429', '429', 'rate_limit')),
];
