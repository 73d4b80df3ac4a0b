import type { Config, Receiver } from '../../config/Config.js';

/** Names of Alertmanager's own for the kinds of receivers. */
const INTEGRATIONS = {
  slack: 'slack',
  email: 'email',
  pagerduty: 'pagerduty',
  opsgenie: 'opsgenie',
  teams: 'msteamsv2',
  discord: 'discord',
  webhook: 'webhook',
} as const satisfies Record<Exclude<keyof Receiver, 'name'>, string>;

export type TestedSeverity = 'critical' | 'warning' | 'info';

/** A receiver of promptmeter.yaml, and the integration of Alertmanager that tells it. */
export interface Expected {
  readonly receiver: string;
  readonly integration: string;
}

/** Who a test alert ought to reach: the receiver asked for, else those of the severity. */
export function expectedIntegrations(
  { receivers, routing }: Config,
  asked: string | undefined,
  severity: TestedSeverity,
): readonly Expected[] {
  const names = asked === undefined ? routing.bySeverity[severity] : [asked];
  return receivers
    .filter(({ name }) => names.includes(name))
    .flatMap((receiver) =>
      Object.entries(INTEGRATIONS)
        .filter(([kind]) => kind in receiver)
        .map(([, integration]) => ({ receiver: receiver.name, integration })),
    );
}
