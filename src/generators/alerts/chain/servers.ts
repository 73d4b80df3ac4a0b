import type { PlainAlert } from '../plainAlert.js';
import { seriesOf } from '../series.js';
import { countedTrouble } from './countedTrouble.js';

/** Job names of the servers in prometheus.yml. */
export const PROMETHEUS_JOB = 'prometheus';
export const ALERTMANAGER_JOB = 'alertmanager';
export const WATCHDOG = 'Watchdog';

const INSTANCE = 'localhost:9090';

const alertmanagerDown: PlainAlert = {
  alert: 'AlertmanagerUnreachable',
  severity: 'critical',
  expr: 'prometheus_notifications_alertmanagers_discovered < 1\nor\nup{job="alertmanager"} == 0',
  for: '1m',
  summary: () => 'Alerts do not reach Alertmanager',
  description: ({ label }) =>
    `Prometheus knows no Alertmanager or cannot reach it (${label('instance')}), so nobody is told of any alert, this one included.`,
  firesWhen: 'Prometheus has no Alertmanager, or cannot scrape it',
  tests: [
    {
      name: 'fires when it is down, or not known at all, and resolves',
      interval: 15,
      series: [
        { series: seriesOf('up', { job: ALERTMANAGER_JOB, instance: 'alertmanager:9093' }), values: '1x8 0x8 1x24' },
        {
          series: seriesOf('prometheus_notifications_alertmanagers_discovered', { instance: INSTANCE }),
          values: '1x24 0x8 1x8',
        },
      ],
      looks: [
        { at: '2m', fires: [] },
        { at: '4m', fires: [{ labels: { job: ALERTMANAGER_JOB, instance: 'alertmanager:9093' } }] },
        { at: '5m', fires: [] },
        { at: '8m', fires: [{ labels: { instance: INSTANCE } }] },
        { at: '10m', fires: [] },
      ],
    },
  ],
};

/** Fires always: whoever expects it notices when the chain is broken. */
const watchdog: PlainAlert = {
  alert: WATCHDOG,
  severity: 'none',
  expr: 'vector(1)',
  for: '0s',
  summary: () => 'Alerting works',
  description: () =>
    'This alert always fires. Send it to a service that calls you when it stays away: then Prometheus, Alertmanager or the way from them is broken.',
  firesWhen: 'always; its silence is the alarm',
  tests: [
    {
      name: 'fires without any data',
      interval: 60,
      series: [],
      looks: [{ at: '0m', fires: [{ labels: {} }] }],
    },
  ],
};

/** What Prometheus and Alertmanager tell of themselves. */
export const SERVERS: readonly PlainAlert[] = [
  countedTrouble({
    alert: 'PrometheusRuleFailures',
    severity: 'critical',
    metric: 'prometheus_rule_evaluation_failures_total',
    labels: { rule_group: '/etc/prometheus/alerts/errors.yml;promptmeter-errors' },
    window: '15m',
    summary: ({ label }) => `Rules of ${label('rule_group')} fail`,
    description: ({ label }) =>
      `Prometheus could not evaluate rules of ${label('rule_group')} in the last 15m, so their alerts are blind.`,
    firesWhen: 'Prometheus could not evaluate a rule in the last 15m',
  }),
  countedTrouble({
    alert: 'PrometheusNotificationsFailing',
    severity: 'critical',
    metric: 'prometheus_notifications_errors_total',
    labels: { alertmanager: 'http://alertmanager:9093/api/v2/alerts' },
    window: '5m',
    summary: ({ label }) => `Prometheus cannot hand alerts to ${label('alertmanager')}`,
    description: ({ label }) =>
      `Handing alerts to ${label('alertmanager')} failed in the last 5m. Until it works, nobody is told.`,
    firesWhen: 'handing alerts to Alertmanager failed in the last 5m',
  }),
  countedTrouble({
    alert: 'AlertmanagerNotificationsFailing',
    severity: 'critical',
    metric: 'alertmanager_notifications_failed_total',
    labels: { integration: 'slack' },
    window: '5m',
    summary: ({ label }) => `Alertmanager cannot deliver through ${label('integration')}`,
    description: ({ label }) =>
      `Alertmanager could not deliver alerts through ${label('integration')} in the last 5m. It tries again, but someone may not have been told.`,
    firesWhen: 'Alertmanager could not deliver to a receiver in the last 5m',
  }),
  alertmanagerDown,
  watchdog,
];
