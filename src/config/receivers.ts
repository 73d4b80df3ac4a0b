import { z } from 'zod';
import { name } from './fields.js';

/** Where a secret is: a variable of the environment or a file. It never stands in promptmeter.yaml itself. */
export type Secret = { readonly env: string } | { readonly file: string };

const SECRET = 'a secret never stands in this file; write { env: NAME } or { file: /path }';
const ONE_KIND = 'a receiver has one kind: slack, email, pagerduty, opsgenie, teams, discord or webhook';

export const secretSchema = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/) }),
    z.strictObject({ file: z.string().startsWith('/').max(1000) }),
  ],
  { error: SECRET },
);
const text = z.string().min(1).max(500);

/** How each kind is told. All secrets are named, none is written. */
const kinds = {
  slack: z.strictObject({ url: secretSchema, channel: text.optional() }),
  email: z.strictObject({
    to: text,
    from: text,
    /** Host and port of the mail server. */
    server: z.string().regex(/^[^\s:]+:\d{1,5}$/, 'a host and a port such as smtp.example.com:587 are allowed'),
    user: text.optional(),
    password: secretSchema.optional(),
    /** False for servers inside one network that speak no TLS. */
    tls: z.boolean().optional(),
  }),
  pagerduty: z.strictObject({ routingKey: secretSchema }),
  opsgenie: z.strictObject({ apiKey: secretSchema, region: z.enum(['us', 'eu']).optional() }),
  teams: z.strictObject({ url: secretSchema }),
  discord: z.strictObject({ url: secretSchema }),
  webhook: z.strictObject({ url: secretSchema }),
};

const kindSchemas = z.strictObject({
  name,
  slack: kinds.slack.optional(),
  email: kinds.email.optional(),
  pagerduty: kinds.pagerduty.optional(),
  opsgenie: kinds.opsgenie.optional(),
  teams: kinds.teams.optional(),
  discord: kinds.discord.optional(),
  webhook: kinds.webhook.optional(),
});

export const receiverSchema = kindSchemas.refine((receiver) => Object.keys(receiver).length === 2, ONE_KIND);

/** Someone or something that is told of alerts, under its name; exactly one of the kinds is there. */
export type Receiver = Readonly<z.infer<typeof kindSchemas>>;

/** A secret and the path under which messages name it. */
export interface PlacedSecret {
  readonly path: string;
  readonly secret: Secret;
}

export function secretsOf(receivers: readonly Receiver[]): readonly PlacedSecret[] {
  return receivers.flatMap((receiver, index) => {
    const { slack, email, pagerduty, opsgenie, teams, discord, webhook } = receiver;
    const found: Readonly<Record<string, Secret | undefined>> = {
      'slack.url': slack?.url,
      'email.password': email?.password,
      'pagerduty.routingKey': pagerduty?.routingKey,
      'opsgenie.apiKey': opsgenie?.apiKey,
      'teams.url': teams?.url,
      'discord.url': discord?.url,
      'webhook.url': webhook?.url,
    };
    return Object.entries(found).flatMap(([key, value]) =>
      value === undefined ? [] : [{ path: `receivers[${index}].${key}`, secret: value }],
    );
  });
}

const SECRET_KEYS: ReadonlySet<unknown> = new Set(['url', 'password', 'routingKey', 'apiKey']);

/** Whether a secret stands at this path of the file, by mistake, so that no message may show it. */
export function mayBeSecret(path: readonly PropertyKey[]): boolean {
  if (path[0] === 'gateway') return path.some((key) => key === 'apiKey' || key === 'hash');
  return path[0] === 'receivers' && path.some((key) => SECRET_KEYS.has(key));
}
