import { OPEN } from './ascii.js';
import { asRecord } from '../call/guards.js';
import { findMember } from './jsonMember.js';

const ASK = '"include_usage":true';

/**
 * Asks for usage in a stream whose request does not: the body with `stream_options.include_usage` set, every other
 * byte as it was. Undefined when it asks already, or says something there that is the upstream's to judge.
 * @param body the JSON text of `parsed`
 */
export function injectUsage(body: Buffer, parsed: unknown): Buffer | undefined {
  const request = asRecord(parsed);
  if (request === undefined) return undefined;
  const open = body.indexOf(OPEN);
  if (!Object.hasOwn(request, 'stream_options')) {
    return splice(body, open + 1, open + 1, `"stream_options":{${ASK}}${Object.keys(request).length > 0 ? ',' : ''}`);
  }
  const member = findMember(body, 'stream_options', open);
  return member === undefined ? undefined : injectInto(body, member.value, member.end, request['stream_options']);
}

function injectInto(body: Buffer, start: number, end: number, value: unknown): Buffer | undefined {
  if (value === null) return splice(body, start, end, `{${ASK}}`);
  const options = asRecord(value);
  if (options === undefined) return undefined;
  if (!Object.hasOwn(options, 'include_usage')) {
    return splice(body, start + 1, start + 1, ASK + (Object.keys(options).length > 0 ? ',' : ''));
  }
  const asked = options['include_usage'];
  const member = findMember(body, 'include_usage', start);
  if (member === undefined || (asked !== false && asked !== null)) return undefined;
  return splice(body, member.value, member.end, 'true');
}

function splice(body: Buffer, start: number, end: number, text: string): Buffer {
  return Buffer.concat([body.subarray(0, start), Buffer.from(text), body.subarray(end)]);
}
