import { interpolate, queryParameters } from '../query/interpolate.js';
import type { Scope } from '../query/VariableValue.js';

export interface LinkContext {
  /** Where the preview is mounted. */
  readonly prefix: string;
  /** The time range as an address carries it, `from=now-1h&to=now`. */
  readonly time: string;
  /** The dashboard's own variables, of which `${__all_variables}` consists. */
  readonly variables: Scope;
}

const VALUE_REFERENCE = /\$\{(__(?:value|field|series|data)[^}:]*)(?::(\w+))?\}/g;

/**
 * The address of a link with its variables filled in. Links between dashboards stay in the preview. Undefined for
 * any address that isn't the web's, such as `javascript:`.
 */
export function linkAddress(url: string, scope: Scope, { prefix, time, variables }: LinkContext): string | undefined {
  const filled = interpolate(
    url
      .replaceAll('${__url_time_range}', time)
      .replaceAll('$__url_time_range', time)
      .replaceAll('${__all_variables}', queryParameters(variables))
      .replaceAll('$__all_variables', queryParameters(variables))
      .replace(VALUE_REFERENCE, (_, name: string, format: string | undefined) => {
        const value = scope[plainName(name)]?.text ?? '';
        return format === 'raw' ? value : encodeURIComponent(value);
      }),
    scope,
    (value) => encodeURIComponent(value.text),
  );
  const board = /^(?:\/grafana)?(\/d\/[\w-]+(?:\/[\w-]*)?)((?:\?.*)?)$/.exec(filled);
  if (board !== null) return `${prefix}${board[1] ?? ''}${board[2] ?? ''}`;
  if (/^[/?#](?![/\\])/.test(filled)) return filled;
  return /^https?:\/\//i.test(filled) && URL.canParse(filled) ? filled : undefined;
}

/** `__data.fields["Model"]` and `__data.fields.Model` are the same. */
function plainName(name: string): string {
  return name.replace(/\[["'](.*?)["']\]/g, '.$1');
}
