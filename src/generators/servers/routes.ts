import type { Config, Routing } from '../../config/Config.js';
import { WATCHDOG } from '../alerts/chain/servers.js';

/** The alert that `promptmeter alert test` sends, and the label with which it names its receiver. */
export const TEST_ALERT = 'PromptmeterTest';
export const TEST_RECEIVER_LABEL = 'receiver';

/** Told of everything that no other is: the exporter's page of alerts. */
export const EVERYTHING = 'promptmeter';
/** Told of nothing; has the Watchdog while nobody waits for it. */
export const NOBODY = 'nobody';

/** A route of alertmanager.yml and the receivers of promptmeter.yaml that it leads to. */
export interface Route {
  readonly receiver: string;
  readonly to: readonly string[];
  readonly route: object;
}

const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** The first that fits is taken. */
export function routesOf({ receivers, routing }: Pick<Config, 'receivers' | 'routing'>): readonly Route[] {
  return [...testRoutes(receivers), watchdogRoute(routing), ...ownRoutes(routing), ...severityRoutes(routing)];
}

function testRoutes(receivers: Config['receivers']): readonly Route[] {
  return receivers.map(({ name }) =>
    leads(`test_${name}`, [name], [is('alertname', TEST_ALERT), is(TEST_RECEIVER_LABEL, name)]),
  );
}

/** Told often, since it is its silence that counts. */
function watchdogRoute({ watchdog }: Routing): Route {
  const often = { group_wait: '0s', group_interval: '1m', repeat_interval: '5m' };
  const matchers = [is('alertname', WATCHDOG)];
  return watchdog === undefined
    ? { receiver: NOBODY, to: [], route: { receiver: NOBODY, matchers } }
    : leads('watchdog', [watchdog], matchers, often);
}

function ownRoutes(routing: Routing): readonly Route[] {
  return routing.routes.flatMap(({ where, receivers }, index) => {
    const own = Object.entries(where).map(([label, value]) => is(label, value));
    const name = `route_${index + 1}`;
    const muted = SEVERITIES.filter((severity) => mutes(routing, severity).length > 0);
    return [
      ...muted.map((severity) =>
        leads(name, receivers, [...own, is('severity', severity)], muting(mutes(routing, severity))),
      ),
      leads(name, receivers, own),
    ];
  });
}

function severityRoutes(routing: Routing): readonly Route[] {
  return SEVERITIES.flatMap((severity) => {
    const to = routing.bySeverity[severity];
    const muted = mutes(routing, severity);
    if (to.length === 0 && muted.length === 0) return [];
    return [leads(to.length === 0 ? EVERYTHING : severity, to, [is('severity', severity)], muting(muted))];
  });
}

function leads(receiver: string, to: readonly string[], matchers: readonly string[], more: object = {}): Route {
  return { receiver, to, route: { receiver, matchers, ...more } };
}

function mutes({ mute }: Routing, severity: (typeof SEVERITIES)[number]): readonly string[] {
  return mute.filter(({ severities }) => severities.includes(severity)).map(({ name }) => name);
}

function muting(names: readonly string[]): object {
  return names.length === 0 ? {} : { mute_time_intervals: names };
}

function is(label: string, value: string): string {
  return `${label}=${JSON.stringify(value)}`;
}

/** Mute times as alertmanager.yml has them. */
export function timeIntervals({ mute }: Routing): readonly object[] {
  return mute.map(({ name, days, times, timezone }) => ({
    name,
    time_intervals: [
      {
        ...(days.length > 0 && { weekdays: days }),
        ...(times.length > 0 && { times: times.map(clock) }),
        location: timezone,
      },
    ],
  }));
}

function clock(time: string): object {
  const [start_time = '', end_time = ''] = time.split('-');
  return { start_time, end_time };
}
