import { invalidRequest } from '../ApiError.js';
import { FAULT_KINDS, isOneOf, type Fault } from './kinds.js';

/** A request that carries this header gets the faults it names: `x-simulate: slow=5, cut`. */
export const FAULT_HEADER = 'x-simulate';

/** Reads the header. Throws an ApiError of status 400 that lists what there is when a word is unknown. */
export function readFaultHeader(header: string | undefined): Fault[] {
  return (header ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(readFault);
}

function readFault(word: string): Fault {
  const [kind = '', value] = word.split('=');
  const number = value === undefined ? undefined : Number(value);
  if (!isOneOf(FAULT_KINDS, kind) || (number !== undefined && !(number >= 0))) {
    throw invalidRequest(
      `${FAULT_HEADER} knows ${FAULT_KINDS.join(', ')}, each with =NUMBER or without.`,
      FAULT_HEADER,
    );
  }
  return { kind, value: number };
}
