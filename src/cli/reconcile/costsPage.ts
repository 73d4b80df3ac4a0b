import { asCount, asRecord, asString } from '../../call/guards.js';

/** One line of a bill: what was billed, and US dollars. */
export interface BilledItem {
  /** Seconds since 1970 at which the day began. */
  readonly startTime: number;
  /** Such as `gpt-4o-2024-08-06, input`; undefined when the API doesn't tell. */
  readonly lineItem: string | undefined;
  readonly usd: number;
}

export interface CostsPage {
  /** Seconds since 1970 at which each day of the page began. */
  readonly days: readonly number[];
  readonly items: readonly BilledItem[];
  readonly nextPage: string | undefined;
}

/**
 * Reads a page of OpenAI's organization costs. A string names what is wrong with it.
 * https://platform.openai.com/docs/api-reference/usage/costs (read November 2026)
 */
export function readCostsPage(body: unknown): CostsPage | string {
  const page = asRecord(body);
  const data = page?.['data'];
  if (page === undefined || !Array.isArray(data)) return 'it has no list of days';
  const days: number[] = [];
  const items: BilledItem[] = [];
  for (const entry of data) {
    const bucket = asRecord(entry);
    const startTime = asCount(bucket?.['start_time']);
    const results = bucket?.['results'];
    if (startTime === undefined || !Array.isArray(results)) return 'a day has no start or no results';
    days.push(startTime);
    for (const result of results) {
      const item = readItem(result);
      if (typeof item === 'string') return item;
      items.push({ ...item, startTime });
    }
  }
  const nextPage = asString(page['next_page']);
  if (page['has_more'] === true && nextPage === undefined) return 'it says that there is more and not where';
  return { days, items, nextPage: page['has_more'] === true ? nextPage : undefined };
}

function readItem(value: unknown): Omit<BilledItem, 'startTime'> | string {
  const fields = asRecord(value);
  const amount = asRecord(fields?.['amount']);
  const currency = asString(amount?.['currency']) ?? 'usd';
  if (currency.toLowerCase() !== 'usd') return `an amount is in ${currency}, not in US dollars`;
  // A number by the reference; the API has also sent a text, so as to lose no digit.
  const said = amount?.['value'];
  const usd = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
  if (typeof usd !== 'number' || !Number.isFinite(usd)) return 'an amount has no value';
  return { usd, lineItem: asString(fields?.['line_item']) };
}
