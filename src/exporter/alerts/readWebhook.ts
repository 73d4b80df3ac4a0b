import { createHash } from 'node:crypto';
import { inertText } from '../inertText.js';
import type { Alert } from './Alert.js';

const MAX_ALERTS = 1000;
const MAX_LABELS = 64;
const MAX_NAME = 100;
const MAX_TEXT = 500;

export type ReadWebhook =
  | { readonly alerts: readonly Alert[] }
  /** A sentence that names the place and what is expected there. */
  | { readonly problem: string };

class Unreadable extends Error {}

/**
 * Reads the body that Alertmanager's webhook receiver sends, version 4.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config (2026-11)
 */
export function readWebhook(body: unknown, receivedAt: Date): ReadWebhook {
  try {
    const { version, alerts } = recordAt(body, 'the body');
    if (version !== '4') throw new Unreadable('version must be "4", as Alertmanager sends it');
    if (!Array.isArray(alerts) || alerts.length > MAX_ALERTS) {
      throw new Unreadable(`alerts must be a list of at most ${MAX_ALERTS} alerts`);
    }
    return { alerts: alerts.map((alert: unknown, at) => readAlert(alert, `alerts[${at}]`, receivedAt)) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

function readAlert(value: unknown, at: string, receivedAt: Date): Alert {
  const fields = recordAt(value, at);
  const { status } = fields;
  if (status !== 'firing' && status !== 'resolved') throw new Unreadable(`${at}.status must be firing or resolved`);
  const labels = textsAt(fields['labels'], `${at}.labels`);
  const annotations = textsAt(fields['annotations'] ?? {}, `${at}.annotations`);
  return {
    id: idOf(fields['fingerprint'], labels),
    status,
    alertname: labels['alertname'] ?? '',
    severity: labels['severity'] ?? '',
    summary: annotations['summary'] ?? '',
    description: annotations['description'] ?? '',
    labels,
    startsAt: timeAt(fields['startsAt'], `${at}.startsAt`),
    endsAt: status === 'firing' ? null : timeAt(fields['endsAt'], `${at}.endsAt`),
    generatorURL: webUrl(fields['generatorURL']),
    receivedAt: receivedAt.toISOString(),
  };
}

function recordAt(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unreadable(`${at} must be a JSON object`);
  }
  return Object.fromEntries(Object.entries(value));
}

function textsAt(value: unknown, at: string): Record<string, string> {
  const entries = Object.entries(recordAt(value, at));
  if (entries.length > MAX_LABELS) throw new Unreadable(`${at} must have at most ${MAX_LABELS} entries`);
  return Object.fromEntries(
    entries.map(([name, text]) => {
      if (typeof text !== 'string') throw new Unreadable(`${at}.${inertText(name, MAX_NAME)} must be a text`);
      return [inertText(name, MAX_NAME), inertText(text, MAX_TEXT)];
    }),
  );
}

function timeAt(value: unknown, at: string): string {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  if (Number.isNaN(time)) throw new Unreadable(`${at} must be a time such as 2026-11-23T08:00:00Z`);
  return new Date(time).toISOString();
}

function idOf(fingerprint: unknown, labels: Readonly<Record<string, string>>): string {
  if (typeof fingerprint === 'string' && fingerprint !== '') return inertText(fingerprint, MAX_NAME);
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(labels).sort()))
    .digest('hex')
    .slice(0, 16);
}

function webUrl(value: unknown): string {
  const url = typeof value === 'string' && value.length <= 2000 && URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : '';
}
