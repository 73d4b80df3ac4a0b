/** One request as `fetch` got it. */
export interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null | undefined;
}

type Answer = Response | Error | 'silence';

const JSON_TYPE = { 'content-type': 'application/json' };

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { ...JSON_TYPE, ...headers } });

/** A stream of events, each of which comes by itself. */
export const events = (...data: readonly string[]): Response => {
  const encoder = new TextEncoder();
  const left = data.map((each) => encoder.encode(`data: ${each}\n\n`));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
};

/** A `fetch` that gives these answers in turn, the last one for ever, and keeps what it was sent. */
export function scriptedFetch(...answers: readonly (() => Answer)[]) {
  const sent: Sent[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { method, headers, body, signal } = init;
    sent.push({
      url: url instanceof Request ? url.url : url.toString(),
      method,
      headers: new Headers(headers),
      body,
      signal,
    });
    const answer = (answers[sent.length - 1] ?? answers.at(-1))?.() ?? 'silence';
    if (answer instanceof Response) return answer;
    if (answer instanceof Error) throw answer;
    return await new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () =>
        reject(Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })),
      );
    });
  };
  return { fetch, sent };
}
