import { request, type IncomingMessage } from 'node:http';

export interface HttpCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** What a client sees of an answer. */
export interface HttpAnswer {
  /** 0 when no answer came. */
  readonly status: number;
  readonly statusMessage: string;
  /** `name: value`, as sent and in order, without those that are about one connection, the date and the call's id. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly trailers: readonly string[];
  /** Whether the answer ended, or was broken off. */
  readonly whole: boolean;
  /** Value of `x-promptmeter-id`, empty when there is none. */
  readonly id: string;
}

const NOT_COMPARED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'x-promptmeter-id']);

/** Makes one HTTP request over its own connection and tells all that came back, broken off or not. Never rejects. */
export async function httpCall(url: string, { method = 'POST', headers = {}, body }: HttpCall): Promise<HttpAnswer> {
  return await new Promise((resolve) => {
    const req = request(url, { method, headers, agent: false });
    let answered = false;
    req.on('response', (res) => {
      answered = true;
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('error', () => undefined);
      res.on('close', () => resolve(answerOf(res, Buffer.concat(parts))));
    });
    req.on('error', () => {
      if (!answered) resolve(NO_ANSWER);
    });
    req.end(body);
  });
}

const NO_ANSWER: HttpAnswer = {
  status: 0,
  statusMessage: '',
  headers: [],
  body: Buffer.alloc(0),
  trailers: [],
  whole: false,
  id: '',
};

function answerOf(res: IncomingMessage, body: Buffer): HttpAnswer {
  const lines: string[] = [];
  for (let i = 0; i + 1 < res.rawHeaders.length; i += 2) {
    const name = res.rawHeaders[i] ?? '';
    if (!NOT_COMPARED.has(name.toLowerCase())) lines.push(`${name}: ${res.rawHeaders[i + 1]}`);
  }
  return {
    status: res.statusCode ?? 0,
    statusMessage: res.statusMessage ?? '',
    headers: lines,
    body,
    trailers: res.rawTrailers,
    whole: res.complete,
    id: String(res.headers['x-promptmeter-id'] ?? ''),
  };
}

/** What must be the same through the gateway. */
export function seen({ status, statusMessage, headers, body, trailers, whole }: HttpAnswer): unknown {
  return { status, statusMessage, headers, body: body.toString('latin1'), trailers, whole };
}
