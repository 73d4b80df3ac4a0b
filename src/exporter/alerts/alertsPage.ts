import { escapeHtml } from '../inertText.js';
import type { Alert } from './Alert.js';
import type { AlertHistory } from './AlertHistory.js';

/** What stands in columns of its own. */
const SHOWN_LABELS: ReadonlySet<string> = new Set(['alertname', 'severity']);
const KNOWN_SEVERITIES: ReadonlySet<string> = new Set(['critical', 'warning']);

/** The alerts as the HTML of a page's body. */
export function alertsPage({ firing, resolved }: Pick<AlertHistory, 'firing' | 'resolved'>): string {
  return [
    `<h2>Firing (${firing.length})</h2>`,
    firing.length === 0 ? '<p>Nothing fires.</p>' : table(firing, ['Since'], ({ startsAt }) => [startsAt]),
    `<h2>Recently resolved (${resolved.length})</h2>`,
    resolved.length === 0
      ? '<p>Nothing was resolved since this process began.</p>'
      : table(resolved, ['From', 'To'], ({ startsAt, endsAt }) => [startsAt, endsAt ?? '']),
    '<p><small>As Alertmanager delivered them. Times are UTC. The page reloads every 15 seconds.</small></p>',
  ].join('\n');
}

function table(
  alerts: readonly Alert[],
  timeTitles: readonly string[],
  timesOf: (alert: Alert) => readonly string[],
): string {
  const head = ['Alert', 'Severity', 'Summary', ...timeTitles].map((title) => `<th>${title}</th>`).join('');
  const rows = alerts.map((alert) => `<tr>${cells(alert)}${timesOf(alert).map(timeCell).join('')}</tr>`);
  return `<table>\n<tr>${head}</tr>\n${rows.join('\n')}\n</table>`;
}

function cells({ alertname, severity, summary, description, labels, generatorURL }: Alert): string {
  const name = escapeHtml(alertname || '(no name)');
  const link = generatorURL === '' ? name : `<a href="${escapeHtml(generatorURL)}" rel="noreferrer">${name}</a>`;
  const mark = KNOWN_SEVERITIES.has(severity) ? ` class="${severity}"` : '';
  const others = Object.entries(labels)
    .filter(([label]) => !SHOWN_LABELS.has(label))
    .map(([label, value]) => `${label}="${value}"`);
  const detail = [description, others.join(' ')].filter((text) => text !== '').map((text) => escapeHtml(text));
  return (
    `<td>${link}</td><td${mark}>${escapeHtml(severity)}</td>` +
    `<td>${escapeHtml(summary)}${detail.map((text) => `<br><small>${text}</small>`).join('')}</td>`
  );
}

/** To the second and without the T, for people. */
const timeCell = (time: string): string => `<td class="time">${escapeHtml(time.slice(0, 19).replace('T', ' '))}</td>`;
