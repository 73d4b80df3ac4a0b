import { dump } from 'js-yaml';
import { BANNER } from './GeneratedFile.js';

/** Keys that readers look for first, in this order; all others follow by name. */
const FIRST =
  'name alert record expr for keep_firing_for labels annotations interval input_series eval_time receiver matchers global route'.split(
    ' ',
  );

/** Bannered YAML that is the same, byte for byte, for the same data. The notes become comments below the banner. */
export function toYaml(data: object, notes: readonly string[] = []): string {
  const comments = [BANNER, ...notes].map((line) => `# ${line}\n`).join('');
  return `${comments}${dump(data, { lineWidth: 120, noRefs: true, sortKeys: byRank })}`;
}

function byRank(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}

function rank(key: string): number {
  const index = FIRST.indexOf(key);
  return index === -1 ? FIRST.length : index;
}
