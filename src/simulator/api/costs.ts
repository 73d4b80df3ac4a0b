import { DAY_SECONDS, type BillItem } from '../Bill.js';

/** Where an organization's costs are asked for, with a key of its administrator. */
export const COSTS_PATH = '/v1/organization/costs';
/** The keys of administrators begin so; any such key will do. */
export const ADMIN_KEY = /^Bearer sk-admin/;

/** The most days of one page, as the API has it. */
const MOST_DAYS = 180;
const USUAL_DAYS = 7;

export interface CostsPageOptions {
  /** The lines of the day that begins at this second since 1970. */
  readonly bill: { get(day: number): readonly BillItem[] | undefined };
  /** Days a page, if less than are asked for. */
  readonly daysAPage?: number | undefined;
  /** Seconds since 1970 that stand for the end where none is asked for. */
  readonly now: number;
}

/**
 * One page of OpenAI's organization costs, in the shape of its reference, by whole days:
 * https://platform.openai.com/docs/api-reference/usage/costs
 */
export function costsPage({ bill, daysAPage = MOST_DAYS, now }: CostsPageOptions, query: URLSearchParams): object {
  const start = wholeDay(Number(query.get('start_time')));
  const end = Number(query.get('end_time') ?? now);
  const from = query.has('page') ? wholeDay(Number(query.get('page')?.replace('page_', ''))) : start;
  const asked = Number(query.get('limit') ?? USUAL_DAYS);
  const left = Math.max(0, Math.ceil((end - from) / DAY_SECONDS));
  const count = Math.min(MOST_DAYS, daysAPage, Number.isInteger(asked) && asked > 0 ? asked : USUAL_DAYS, left);
  const next = from + count * DAY_SECONDS;
  const more = count > 0 && next < end;
  const isGrouped = query.getAll('group_by').includes('line_item');
  const bucket = (_: unknown, index: number) => bucketOf(from + index * DAY_SECONDS, bill, isGrouped);
  return {
    object: 'page',
    data: Array.from({ length: count }, bucket),
    has_more: more,
    next_page: more ? `page_${next}` : null,
  };
}

function bucketOf(day: number, bill: CostsPageOptions['bill'], isGrouped: boolean): object {
  const results = (bill.get(day) ?? []).map(({ lineItem, value, currency = 'usd' }) => ({
    object: 'organization.costs.result',
    amount: { value, currency },
    line_item: isGrouped ? lineItem : null,
    project_id: null,
  }));
  return { object: 'bucket', start_time: day, end_time: day + DAY_SECONDS, results };
}

/** The beginning of a day, 0 where the number is none. */
function wholeDay(seconds: number): number {
  return Number.isFinite(seconds) ? Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS : 0;
}
