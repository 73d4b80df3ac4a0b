import { QUOTE, COMMA, COLON, BACKSLASH, OPEN, CLOSE, OPEN_ARRAY, CLOSE_ARRAY } from './ascii.js';
import { parseJson } from './parseJson.js';

/** Where one member of a JSON object stands, as offsets into the bytes. */
export interface JsonMember {
  /** The comma before it; -1 for the first member. */
  readonly comma: number;
  readonly key: number;
  readonly value: number;
  /** Behind the last byte of the value. */
  readonly end: number;
}

/**
 * Finds a member of the object that begins at `from`, not of those inside it; of several with the same key the last,
 * which is the one that counts. Undefined when there is none or when what stands there is no object.
 */
export function findMember(json: Buffer, key: string, from: number): JsonMember | undefined {
  if (json[from] !== OPEN) return undefined;
  let found: JsonMember | undefined;
  let comma = -1;
  for (let at = skipSpace(json, from + 1); json[at] === QUOTE; at = skipSpace(json, at + 1)) {
    const keyEnd = stringEnd(json, at);
    const colon = skipSpace(json, keyEnd);
    if (json[colon] !== COLON) return undefined;
    const value = skipSpace(json, colon + 1);
    const end = valueEnd(json, value);
    if (end <= value) return undefined;
    if (parseJson(json.toString('utf8', at, keyEnd)) === key) found = { comma, key: at, value, end };
    const next = skipSpace(json, end);
    if (json[next] === CLOSE) return found;
    if (json[next] !== COMMA) return undefined;
    comma = next;
    at = next;
  }
  return undefined;
}

/** The next offset at `from` or later that is not white space. */
export function skipSpace(json: Buffer, from: number): number {
  let at = from;
  while (json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d || json[at] === 0x09) at += 1;
  return at;
}

function valueEnd(json: Buffer, from: number): number {
  const first = json[from];
  if (first === QUOTE) return stringEnd(json, from);
  if (first === OPEN || first === OPEN_ARRAY) return nestedEnd(json, from);
  let at = from;
  for (let byte = json[at]; byte !== undefined && !endsLiteral(byte); byte = json[at]) at += 1;
  return at;
}

function endsLiteral(byte: number): boolean {
  return byte === COMMA || byte === CLOSE || byte === CLOSE_ARRAY || byte <= 0x20;
}

function nestedEnd(json: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = stringEnd(json, at) - 1;
    else if (byte === OPEN || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return json.length;
}

/** Searches for quotes instead of looking at every byte, since a string can be a whole picture. */
function stringEnd(json: Buffer, from: number): number {
  for (let quote = json.indexOf(QUOTE, from + 1); quote !== -1; quote = json.indexOf(QUOTE, quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return json.length;
}
