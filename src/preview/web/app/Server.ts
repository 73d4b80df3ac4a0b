import { isObject, objectOf, objectsOf, textOf, textsOf } from '../json.js';

export interface ListedBoard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly problem: string | undefined;
}

export interface Listing {
  readonly boards: readonly ListedBoard[];
  readonly grafanaUrl: string | undefined;
  /** Where a trace is shown, with `{trace_id}` in it. */
  readonly tracesUrl: string | undefined;
  /** How often Prometheus scrapes, such as `15s`. */
  readonly scrapeInterval: string;
}

/** Why the page has nothing to show, as one sentence. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}

export async function fetchListing(prefix: string): Promise<Listing> {
  const json = objectOf(await fetchJson(`${prefix}/api/dashboards`));
  const grafanaUrl = textOf(json['grafanaUrl']);
  const tracesUrl = textOf(json['tracesUrl']);
  return {
    boards: objectsOf(json['dashboards']).map((each) => ({
      uid: textOf(each['uid']),
      title: textOf(each['title']),
      description: textOf(each['description']),
      tags: textsOf(each['tags']),
      problem: typeof each['problem'] === 'string' ? each['problem'] : undefined,
    })),
    grafanaUrl: grafanaUrl === '' ? undefined : grafanaUrl,
    tracesUrl: tracesUrl === '' ? undefined : tracesUrl,
    scrapeInterval: textOf(json['scrapeInterval'], '15s'),
  };
}

export async function fetchDashboard(prefix: string, uid: string): Promise<unknown> {
  return fetchJson(`${prefix}/api/dashboards/${encodeURIComponent(uid)}`);
}

async function fetchJson(address: string): Promise<unknown> {
  const answer = await fetch(address).catch(() => undefined);
  if (answer === undefined) throw new ServerError('The preview does not answer; start `promptmeter preview` again.');
  if (answer.status === 404)
    throw new ServerError('There is no such dashboard; choose one of those on the front page.');
  const json: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok || !isObject(json))
    throw new ServerError('The dashboards could not be read; look at the folder and reload.');
  return json;
}
