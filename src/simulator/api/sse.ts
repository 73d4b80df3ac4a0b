/** The frame of an unnamed event, as chat completions send it. */
export function dataFrame(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** The frame of a named event, as responses send it. */
export function eventFrame(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** What chat completions send when a stream fails: an `error` object in an unnamed event. */
export function errorDataFrame(): string {
  return dataFrame({ error: { message: STREAM_ERROR, type: 'server_error', param: null, code: null } });
}

export const STREAM_ERROR = 'The server had an error while processing your request. Sorry about that!';
