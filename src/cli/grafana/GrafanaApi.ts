import { asRecord, asString } from '../../call/guards.js';
import { PromptmeterError } from '../../errors.js';
import { request, type Answered } from '../reconcile/request.js';

export interface GrafanaAccess {
  readonly url: string;
  /** Of a service account. Undefined where Grafana lets anyone in. */
  readonly token: string | undefined;
  readonly timeoutSeconds: number;
}

/** Grafana's HTTP API. https://grafana.com/docs/grafana/latest/developers/http_api/ (read November 2026) */
export class GrafanaApi {
  constructor(private readonly access: GrafanaAccess) {}

  get url(): string {
    return this.access.url.replace(/\/+$/, '');
  }

  /** Undefined when there is none: 404. */
  async find(path: string): Promise<Answered | undefined> {
    const answer = await this.#ask('GET', path);
    if (answer.status === 404) return undefined;
    return this.#expectDone(answer, path);
  }

  /**
   * Sends JSON.
   * @throws MissingServiceError when Grafana can't be reached, and PromptmeterError, in one sentence that says what to
   * do, when it refuses.
   */
  async post(path: string, body: object): Promise<Answered> {
    return this.#expectDone(await this.#ask('POST', path, body), path);
  }

  async #ask(method: string, path: string, body?: object): Promise<Answered> {
    const { token, timeoutSeconds } = this.access;
    return request({
      url: `${this.url}${path}`,
      init: {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // An answer that leads to a login page would be read as if it were the API's.
        redirect: 'manual',
      },
      timeoutSeconds,
      what: `Grafana at ${this.url}`,
      hint: 'start it, or name another with --grafana-url or GRAFANA_URL',
    });
  }

  #expectDone(answer: Answered, path: string): Answered {
    const { status, body } = answer;
    if (status >= 200 && status < 300 && body !== undefined) return answer;
    throw new PromptmeterError(
      'check_failed',
      `Grafana at ${this.url} ${refusal(status, body, path, this.access.token)}`,
    );
  }
}

function refusal(status: number, body: unknown, path: string, token: string | undefined): string {
  const record = asRecord(body);
  const said = asString(record?.['message']);
  const kind = asString(record?.['status']);
  switch (status) {
    case 401:
      return token === undefined
        ? 'wants a token (401); set GRAFANA_TOKEN to the token of a service account'
        : 'does not know the token (401); set GRAFANA_TOKEN to a valid token of a service account';
    case 403:
      return 'does not let this token do it (403); give its service account the role Editor, also for the folder';
    case 412:
      return kind === 'name-exists'
        ? 'has another dashboard of this title in the folder (412); rename or delete it, or push to another --folder'
        : 'has a newer version of the dashboard than this push has seen (412); push again, or add --overwrite to push over it';
    default: {
      const words = said === undefined ? 'without a reason that can be read' : `with "${said.slice(0, MOST_WORDS)}"`;
      const provisioned = said?.includes('provisioned') === true;
      const advice = provisioned
        ? 'it loads this dashboard from files, so change it there instead'
        : `see its log, and whether ${path} is there under this address`;
      return `answers ${status} ${words}; ${advice}`;
    }
  }
}

/** Longer texts are no sentences. */
const MOST_WORDS = 200;
