import { asRecord, asString } from '../../call/guards.js';
import { MissingServiceError, PromptmeterError } from '../../errors.js';
import { readCostsPage, type BilledItem } from './costsPage.js';
import { DAY_SECONDS, type Period } from './Period.js';
import { request, type Answered } from './request.js';

export interface CostsSource {
  /** Such as https://api.openai.com/v1 */
  readonly baseUrl: string;
  readonly adminKey: string;
  readonly timeoutSeconds: number;
}

export interface Billed {
  /** Seconds since 1970 at which the days began that the API tells of. A day that it leaves out isn't known. */
  readonly days: ReadonlySet<number>;
  readonly items: readonly BilledItem[];
}

/** The most days that the API gives at once. */
const PAGE_DAYS = 180;
const MOST_PAGES = 1000;

/**
 * What OpenAI bills the organization for each day of a period, by line item.
 * @throws PromptmeterError that says in one sentence why there is no answer and what to do.
 */
export async function fetchBilled(source: CostsSource, { since, until, days }: Period): Promise<Billed> {
  const query = new URLSearchParams({
    start_time: String(since.getTime() / 1000),
    end_time: String(until.getTime() / 1000),
    bucket_width: '1d',
    group_by: 'line_item',
    limit: String(Math.min(days.length, PAGE_DAYS)),
  });
  const known = new Set<number>();
  const items: BilledItem[] = [];
  const seen = new Set<string>();
  for (;;) {
    const page = await fetchPage(source, query);
    for (const day of page.days) known.add(day);
    items.push(...page.items);
    if (page.nextPage === undefined) break;
    if (seen.has(page.nextPage) || seen.size >= MOST_PAGES) throw malformed('its pages do not end');
    seen.add(page.nextPage);
    query.set('page', page.nextPage);
  }
  const inPeriod = (start: number) => start >= since.getTime() / 1000 && start + DAY_SECONDS <= until.getTime() / 1000;
  return { days: new Set([...known].filter(inPeriod)), items: items.filter(({ startTime }) => inPeriod(startTime)) };
}

async function fetchPage({ baseUrl, adminKey, timeoutSeconds }: CostsSource, query: URLSearchParams) {
  const answer = await request({
    url: `${baseUrl.replace(/\/+$/, '')}/organization/costs?${query.toString()}`,
    init: { headers: { Authorization: `Bearer ${adminKey}`, Accept: 'application/json' } },
    timeoutSeconds,
    what: `OpenAI's costs endpoint at ${baseUrl}`,
    hint: 'try again, or name another one with --base-url',
  });
  if (answer.status !== 200) throw refusal(answer);
  const page = readCostsPage(answer.body);
  if (typeof page === 'string') throw malformed(page);
  return page;
}

function refusal({ status, headers, body }: Answered): PromptmeterError {
  if (status === 401) {
    const where = 'https://platform.openai.com/settings/organization/admin-keys';
    return new PromptmeterError(
      'configuration',
      `OpenAI does not know this OPENAI_ADMIN_KEY (401); create one at ${where}`,
    );
  }
  if (status === 403) {
    const needed = 'it must be an admin key with the right to read usage (api.usage.read)';
    return new PromptmeterError('configuration', `OPENAI_ADMIN_KEY may not read costs (403); ${needed}`);
  }
  if (status === 429) {
    const seconds = headers.get('retry-after');
    const when = seconds === null || !/^\d+$/.test(seconds) ? 'in a minute' : `in ${seconds} s`;
    return new MissingServiceError(`OpenAI takes no more questions about costs for now (429); try again ${when}`);
  }
  if (status >= 500) return new MissingServiceError(`OpenAI's costs endpoint fails (${status}); try again later`);
  const code = asString(asRecord(asRecord(body)?.['error'])?.['code']);
  const why = code === undefined ? String(status) : `${status}, ${code}`;
  return new MissingServiceError(`OpenAI's costs endpoint refuses the question (${why}); check --base-url`);
}

function malformed(problem: string): MissingServiceError {
  return new MissingServiceError(`the answer is not one of OpenAI's costs endpoint: ${problem}; check --base-url`);
}
