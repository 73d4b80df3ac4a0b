import { local } from './addresses.js';
import { PORTS, type Ports } from './ports.js';

/** Where to look, what to set and what to try, once the stack stands. What isn't there is null. */
export interface Summary {
  readonly dashboard: string;
  readonly prometheus: string | null;
  readonly alertmanager: string | null;
  readonly alerts: string;
  readonly inbox: string | null;
  readonly openaiBaseUrl: string;
  /** The command that breaks the simulated API for a while. */
  readonly incident: string | null;
}

/** The path of "AI calls / Overview" in Grafana and in the preview, which stands in for it. Its uid is part of published links and never changes. */
const DASHBOARD_PATH = '/d/promptmeter-overview';

/** Takes the names of the parts that work. */
export function summarize(ports: Ports, working: ReadonlySet<string>): Summary {
  const moved = ports.simulator === PORTS.simulator.usual ? '' : ` --simulator-url ${local(ports.simulator)}`;
  return {
    dashboard: `${working.has('grafana') ? local(ports.grafana) : `${local(ports.metrics)}/dashboards`}${DASHBOARD_PATH}`,
    prometheus: working.has('prometheus') ? local(ports.prometheus) : null,
    alertmanager: working.has('alertmanager') ? local(ports.alertmanager) : null,
    alerts: `${local(ports.metrics)}/alerts`,
    inbox: working.has('mail') ? local(ports.mail) : null,
    openaiBaseUrl: `${local(ports.gateway)}/v1`,
    incident: working.has('simulator') ? `npx promptmeter simulate incident errors --for 3m${moved}` : null,
  };
}

/** The summary as lines for people. */
export function summaryLines(summary: Summary): readonly string[] {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Dashboard', summary.dashboard],
    ['Prometheus', summary.prometheus],
    ['Alertmanager', summary.alertmanager],
    ['Alerts received', summary.alerts],
    ['Alerts as mails', summary.inbox],
    ['Your application', `OPENAI_BASE_URL=${summary.openaiBaseUrl}`],
    ['Try an incident', summary.incident],
  ];
  const lines = rows.flatMap(([title, value]) => (value === null ? [] : [`  ${title.padEnd(17)} ${value}`]));
  return ['', ...lines, '', 'Ctrl-C stops everything.'];
}
