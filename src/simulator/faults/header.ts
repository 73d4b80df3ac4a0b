import { invalidRequest } from '../ApiError.js';
import { FAULT_KINDS, isOneOf, type Fault } from './kinds.js';

/** A request that carries this header gets the faults it names: `x-simulate: slow=5, cut`. */
export const FAULT_HEADER = 'x-simulate';

/** With this word among the faults, they strike only the first attempt of a call, so that trying again helps. */
const FIRST_ATTEMPT = 'first-attempt';

/**
 * Reads the header. `attempt` is 0 for the first attempt of a call, as the SDK's header `x-stainless-retry-count` counts.
 * Throws an ApiError of status 400 that lists what there is when a word is unknown.
 */
export function readFaultHeader(header: string | undefined, attempt = 0): Fault[] {
  const words = (header ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const faults = words.filter((word) => word !== FIRST_ATTEMPT).map(readFault);
  return attempt > 0 && words.includes(FIRST_ATTEMPT) ? [] : faults;
}

function readFault(word: string): Fault {
  const [kind = '', value] = word.split('=');
  const number = value === undefined ? undefined : Number(value);
  if (!isOneOf(FAULT_KINDS, kind) || (number !== undefined && !(number >= 0))) {
    throw invalidRequest(
      `${FAULT_HEADER} knows ${FAULT_KINDS.join(', ')}, each with =NUMBER or without, and ${FIRST_ATTEMPT}.`,
      FAULT_HEADER,
    );
  }
  return { kind, value: number };
}
