import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import type { Environment } from './environment.js';

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
const TAKEN: Readonly<Record<string, string>> = {
  v1: 'v1 is the path of the default upstream; use another name',
  openai: 'openai is the default upstream, whose address OPENAI_BASE_URL sets; use another name',
};

/** The part of the file that may name variables, as loosely as can be: the schema proper follows. */
const upstreamsOf = z.looseObject({ gateway: z.looseObject({ upstreams: z.record(z.string(), z.unknown()) }) });
const withBaseUrl = z.looseObject({ baseUrl: z.string() });

export interface ExpandedFile {
  readonly content: unknown;
  readonly problems: readonly ConfigurationProblem[];
}

/** Puts the environment's values in place of `${NAME}` and `${NAME:-default}` in base URLs, and checks the names. */
export function expandUpstreams(content: unknown, env: Environment): ExpandedFile {
  const file = upstreamsOf.safeParse(content);
  if (!file.success) return { content, problems: [] };
  const problems: ConfigurationProblem[] = [];
  const kept = Object.entries(file.data.gateway.upstreams).flatMap(([name, upstream]) => {
    const path = ['gateway', 'upstreams', name];
    const bad = nameProblem(name);
    if (bad !== undefined) problems.push({ path: z.core.toDotPath(path), message: `found "${name}"; ${bad}` });
    const parsed = withBaseUrl.safeParse(upstream);
    if (!parsed.success) return [[name, upstream] as const];
    const { text, missing } = expand(parsed.data.baseUrl, env);
    if (missing.length === 0) return [[name, { ...parsed.data, baseUrl: text }] as const];
    const message = `the environment has no ${missing.join(', no ')}; set it or write \${${missing[0] ?? ''}:-default}`;
    problems.push({ path: z.core.toDotPath([...path, 'baseUrl']), message });
    return [];
  });
  const gateway = { ...file.data.gateway, upstreams: Object.fromEntries(kept) };
  return { content: { ...file.data, gateway }, problems };
}

function nameProblem(name: string): string | undefined {
  if (Object.hasOwn(TAKEN, name)) return TAKEN[name];
  return NAME.test(name) ? undefined : 'up to 40 small letters, digits and - are allowed';
}

function expand(text: string, env: Environment): { text: string; missing: string[] } {
  const missing: string[] = [];
  const expanded = text.replaceAll(
    /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g,
    (_, name: string, fallback: string | undefined) => {
      const value = env[name] ?? '';
      if (value === '' && fallback === undefined) missing.push(name);
      return value === '' ? (fallback ?? '') : value;
    },
  );
  return { text: expanded, missing };
}
