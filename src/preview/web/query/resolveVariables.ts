import type { Variable } from '../dashboard/Dashboard.js';
import { ALL } from '../dashboard/readVariable.js';
import { interpolateQuery } from './interpolate.js';
import type { Prometheus } from './Prometheus.js';
import type { TimeRange } from './timeRange.js';
import { fixed, type Scope, type VariableValue } from './VariableValue.js';
import { parseVariableQuery, patternOf, refineOptions } from './variableQuery.js';

/** A variable with what can be chosen and what is. */
export interface ResolvedVariable {
  readonly variable: Variable;
  readonly options: readonly string[];
  readonly value: VariableValue;
  /** Why the options could not be had; the value is then the one asked for. */
  readonly problem: string | undefined;
}

export interface ResolveRequest {
  readonly variables: readonly Variable[];
  /** What the address asks for, by variable; else what the dashboard was saved with. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  /** Variables that every dashboard has, such as `__range`. */
  readonly builtIn: Scope;
  readonly range: TimeRange;
  readonly prometheus: Prometheus;
  readonly signal: AbortSignal;
}

/** Resolves the variables in their order, since a later one's query may name an earlier one. */
export async function resolveVariables(request: ResolveRequest): Promise<readonly ResolvedVariable[]> {
  const resolved: ResolvedVariable[] = [];
  for (const variable of request.variables) {
    const scope = { ...request.builtIn, ...scopeOf(resolved) };
    const { options, problem } = await optionsOf(variable, scope, request).then(
      (found) => ({ options: found, problem: undefined }),
      (error: unknown) => {
        request.signal.throwIfAborted();
        return { options: [], problem: error instanceof Error ? error.message : String(error) };
      },
    );
    const value = valueOf(variable, options, request.chosen[variable.name] ?? variable.current);
    resolved.push({ variable, options, value, problem });
  }
  return resolved;
}

export function scopeOf(resolved: readonly ResolvedVariable[]): Scope {
  return Object.fromEntries(resolved.map(({ variable, value }) => [variable.name, value]));
}

async function optionsOf(variable: Variable, scope: Scope, request: ResolveRequest): Promise<readonly string[]> {
  const { type, query, regex, sort } = variable;
  if (type === 'custom' || type === 'interval') return refineOptions(listed(query), '', 0);
  if (type !== 'query') return [];
  return refineOptions(await ask(interpolateQuery(query, scope), request), regex, sort);
}

async function ask(query: string, { prometheus, range, signal }: ResolveRequest): Promise<readonly string[]> {
  const parsed = parseVariableQuery(query);
  if (parsed === undefined) throw new Error(`the preview doesn't know the variable query ${query}`);
  switch (parsed.kind) {
    case 'label_values':
      return prometheus.labelValues(parsed.label, parsed.metric, range, signal);
    case 'label_names':
      return prometheus.labelNames(parsed.metric, range, signal);
    case 'metrics': {
      const names = await prometheus.labelValues('__name__', '', range, signal);
      return names.filter((name) => patternOf(parsed.pattern)?.test(name) ?? true);
    }
    case 'query_result': {
      const series = await prometheus.instant(parsed.expr, range.to, signal);
      return series.map(({ labels, points }) => `${labelText(labels)} ${points[0]?.[1] ?? ''} ${points[0]?.[0] ?? ''}`);
    }
  }
}

function labelText({ __name__ = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${__name__}{${pairs.join(',')}}`;
}

/** `a,b\,c,Text : value` as a custom variable lists its values. */
function listed(query: string): readonly string[] {
  return [...query.matchAll(/(?:\\,|[^,])+/g)]
    .map(([each]) => each.replaceAll('\\,', ',').trim())
    .map((each) => /^.+ : (.+)$/.exec(each)?.[1] ?? each)
    .filter((each) => each !== '');
}

/** What the variable stands for when `asked` is asked for: what is no option gives way to one. */
export function valueOf(variable: Variable, options: readonly string[], asked: readonly string[]): VariableValue {
  const { type, query, multi, includeAll, allValue } = variable;
  const isRegex = multi || includeAll;
  if (type === 'constant') return fixed(query);
  if (type === 'textbox') return fixed(asked[0] ?? query);
  if (type === 'datasource') return fixed(asked[0] ?? 'prometheus');

  // Options that are gone, or could not be had, stay chosen: a link to a quiet model must not show another one.
  const wanted = asked.filter((each) => each !== ALL);
  if (includeAll && (asked.includes(ALL) || wanted.length === 0)) {
    return {
      values: options,
      text: 'All',
      isAll: true,
      allValue: allValue === '' && options.length === 0 ? '.*' : allValue,
      isRegex,
    };
  }
  const values = multi ? wanted : wanted.slice(0, 1);
  const chosen = values.length > 0 ? values : options.slice(0, 1);
  return { values: chosen, text: chosen.join(' + '), isAll: false, allValue: '', isRegex };
}
