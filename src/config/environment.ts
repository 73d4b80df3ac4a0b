import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import { found } from './describe.js';
import { nearest, suggestion } from './nearest.js';
import { parsePartially, type Parsed } from './parsePartially.js';
import { httpUrl } from './schema.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const PORT_ALLOWED = 'a port from 0 to 65535 is allowed';

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: PORT_ALLOWED, abort: true })
  .transform(Number)
  .refine((number) => number <= 65_535, PORT_ALLOWED);

const host = z.union([z.ipv4(), z.ipv6(), z.hostname()], { error: 'an IP address or a host name is allowed' });

/** Long enough not to be guessed. */
const token = z
  .string()
  .min(16, { error: 'at least 16 characters are allowed; `openssl rand -hex 16` makes them', abort: true })
  .regex(/^[\x21-\x7e]*$/, 'only ASCII without spaces goes into a header');

const environmentSchema = z.object({
  PROMPTMETER_CONFIG: z.string().optional(),
  PROMPTMETER_HOST: host.optional(),
  PROMPTMETER_METRICS_HOST: host.optional(),
  PROMPTMETER_GATEWAY_PORT: port.optional(),
  PROMPTMETER_METRICS_PORT: port.optional(),
  PROMPTMETER_ADMIN_TOKEN: token.optional(),
  PROMPTMETER_METRICS_TOKEN: token.optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: (issue) => suggestion(String(issue.input), LOG_LEVELS) }).optional(),
});

export type EnvironmentValues = z.infer<typeof environmentSchema>;

/** Every variable that the configuration takes. */
export const VARIABLES = Object.keys(environmentSchema.shape);

/** Takes what is right and names what is wrong, a misspelt variable of ours included. */
export function readEnvironment(env: Environment): Parsed<EnvironmentValues> {
  const { value, problems } = parsePartially(environmentSchema, setOnes(env), shown);
  return { value, problems: [...problems, ...misspelt(env)] };
}

/** An empty variable counts as unset: compose files pass on what isn't there as an empty text. */
function setOnes(env: Environment): Record<string, string> {
  const pairs = VARIABLES.map((name) => [name, env[name]] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => (pair[1] ?? '') !== ''));
}

/** A token is never shown, not even a wrong one. */
function shown(value: unknown, path: readonly PropertyKey[]): string {
  return String(path[0]).endsWith('_TOKEN') ? `${String(value).length} characters` : found(value);
}

/** Variables of other parts and those that promptmeter.yaml names are let through: only near misses are mistakes. */
function misspelt(env: Environment): ConfigurationProblem[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('PROMPTMETER_') && !VARIABLES.includes(name))
    .flatMap((name) => {
      const near = nearest(name, VARIABLES, 2);
      return near === undefined ? [] : [{ path: name, message: `this variable is not known; did you mean ${near}?` }];
    });
}
