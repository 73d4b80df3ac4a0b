import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import type { Config } from './Config.js';

const HASH = /^\$scrypt\$ln=1[4-7],r=8,p=1\$[A-Za-z0-9+/]{22,88}\$[A-Za-z0-9+/]{43}$/;

/** Who may call through the gateway. The key itself is nowhere but with its holder. */
export const gatewayKeySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'up to 40 small letters, digits and - are allowed'),
  hash: z
    .string()
    .regex(HASH, 'a hash is allowed, as `promptmeter gateway key <name>` prints it; never the key itself'),
  /** Labels that the calls are counted for, whatever their headers say. */
  attribution: z.record(z.string(), z.string().min(1, 'a value is needed').max(100)).optional(),
});

export interface GatewayKey {
  readonly name: string;
  readonly hash: string;
  readonly attribution: Readonly<Record<string, string>>;
}

/** Keys that can't be meant, and upstream keys that anybody could spend from. */
export function gatewayContradictions({ gateway, attributionLabels }: Config): ConfigurationProblem[] {
  const { keys, apiKey, upstreams } = gateway;
  const unknown = (keys ?? []).flatMap(({ attribution }, index) =>
    Object.keys(attribution)
      .filter((label) => !attributionLabels.includes(label))
      .map((label) => ({
        path: `gateway.keys[${index}].attribution.${label}`,
        message: `attribution.labels has no ${label}; add it there or take it out here`,
      })),
  );
  if (keys !== undefined) return unknown;
  const open = [
    ...(apiKey === undefined ? [] : ['gateway.apiKey']),
    ...upstreams.filter((each) => each.apiKey !== undefined).map(({ name }) => `gateway.upstreams.${name}.apiKey`),
  ];
  const message =
    'with it whoever reaches the gateway could spend; add gateway.keys, which `promptmeter gateway key <name>` makes';
  return open.map((path) => ({ path, message }));
}
