import type { Config } from '../../config/Config.js';
import { toYaml } from '../yaml.js';
import { inhibitions } from './inhibitions.js';
import { integrationsOf, together, type Integrations, type SecretFile } from './integrations.js';
import { EVERYTHING, NOBODY, routesOf, timeIntervals } from './routes.js';

const NOTES = [
  'Every alert also goes to the exporter, which shows it at /alerts. A critical alert silences the warning about the same',
  'thing, and when nothing reports at all, alerts on old numbers are silenced. Secrets lie in files that are named here.',
];

export interface AlertmanagerPlaces {
  /** The exporter's /alerts. */
  readonly webhookUrl: string;
  /** Where secrets that promptmeter.yaml names by variable lie as files of that name. */
  readonly secretsFolder?: string;
  /** `host:port` of a mail server for trying out, which takes everything without TLS or a login. */
  readonly inbox?: string;
}

/** Who a mail for trying out is from and to; it never leaves the inbox. */
const MAILED = { from: 'alertmanager@promptmeter.example', to: 'alerts@promptmeter.example' };

/** Where Docker Compose and Swarm put secrets. */
const USUAL_SECRETS = '/run/secrets';

/**
 * alertmanager.yml, for Alertmanager 0.25 and newer; Discord and webhooks of promptmeter.yaml need 0.27, Teams 0.28.
 */
export function alertmanagerConfig(
  config: Pick<Config, 'receivers' | 'routing' | 'attributionLabels'>,
  { webhookUrl, secretsFolder = USUAL_SECRETS, inbox }: AlertmanagerPlaces,
): string {
  const { receivers, routing, attributionLabels } = config;
  const routes = routesOf(config);
  const secretFile: SecretFile = (secret) => ('env' in secret ? `${secretsFolder}/${secret.env}` : secret.file);
  const exporter: Integrations = {
    webhook_configs: [{ url: webhookUrl, send_resolved: true }],
    ...(inbox !== undefined &&
      integrationsOf({ name: 'inbox', email: { ...MAILED, server: inbox, tls: false } }, secretFile)),
  };
  const toldOf = (names: readonly string[]) =>
    together([
      exporter,
      ...receivers.filter(({ name }) => names.includes(name)).map((receiver) => integrationsOf(receiver, secretFile)),
    ]);
  const led = new Map(routes.map(({ receiver, to }) => [receiver, to]));
  const intervals = timeIntervals(routing);
  return toYaml(
    {
      route: {
        receiver: EVERYTHING,
        group_by: ['alertname', 'provider', 'model'],
        group_wait: routing.groupWait,
        group_interval: routing.groupInterval,
        repeat_interval: routing.repeatInterval,
        routes: routes.map(({ route }) => route),
      },
      receivers: [
        { name: EVERYTHING, ...exporter },
        ...[...led]
          .filter(([name]) => name !== EVERYTHING)
          .map(([name, to]) => ({ name, ...(name === NOBODY ? {} : toldOf(to)) })),
      ],
      inhibit_rules: inhibitions(attributionLabels),
      ...(intervals.length > 0 && { time_intervals: intervals }),
    },
    NOTES,
  );
}
