import { unreadableJson } from '../ApiError.js';

/** Throws an ApiError of 400 when the body is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw unreadableJson();
  }
}
