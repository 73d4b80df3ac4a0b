import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { TEST_ALERT, TEST_RECEIVER_LABEL } from '../../generators/servers/routes.js';
import { Alertmanager, type Deliveries, type SentAlert } from './Alertmanager.js';
import type { Expected, TestedSeverity } from './expectedIntegrations.js';

/** Where a test alert got to. */
export interface Step {
  readonly step: string;
  readonly result: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
}

export interface TestAlertOptions {
  readonly alertmanagerUrl: string;
  readonly prometheusUrl: string;
  readonly exporterUrl: string;
  /** Sent to this receiver alone; undefined: where its severity leads to. */
  readonly receiver: string | undefined;
  readonly severity: TestedSeverity;
  readonly expected: readonly Expected[];
  readonly timeoutSeconds: number;
}

/** The label by which one test is told from another. */
const TEST_LABEL = 'test';
const ASK_AGAIN_MS = 500;
const PATIENCE_MS = 3000;

const firingAlerts = z.object({ firing: z.array(z.object({ labels: z.record(z.string(), z.string()) })) });
const activeAlertmanagers = z.object({ data: z.object({ activeAlertmanagers: z.array(z.unknown()) }) });

/**
 * Sends one alert, follows it until it has got to everyone it is meant for or the time is up, and ends it.
 * @throws MissingServiceError when Alertmanager can't be reached.
 */
export async function testAlert(options: TestAlertOptions): Promise<readonly Step[]> {
  const alertmanager = new Alertmanager(options.alertmanagerUrl);
  const id = randomUUID();
  const before = await alertmanager.deliveries();
  const prometheus = await prometheusStep(options.prometheusUrl);
  await alertmanager.send(alertOf(options, id, options.timeoutSeconds));
  try {
    const steps = await follow(options, alertmanager, id, before);
    return [
      prometheus,
      { step: 'Alertmanager', result: 'ok', detail: `took the alert ${TEST_ALERT} with test=${id}` },
      ...steps,
    ];
  } finally {
    await alertmanager.send(alertOf(options, id, 0));
  }
}

function alertOf({ severity, receiver }: TestAlertOptions, id: string, seconds: number): SentAlert {
  return {
    labels: {
      alertname: TEST_ALERT,
      severity,
      [TEST_LABEL]: id,
      ...(receiver !== undefined && { [TEST_RECEIVER_LABEL]: receiver }),
    },
    annotations: {
      summary: 'This is a test of the way of alerts',
      description: 'Somebody ran `promptmeter alert test`. Nothing is wrong, and there is nothing to do.',
    },
    endsAt: new Date(Date.now() + seconds * 1000).toISOString(),
  };
}

async function follow(
  options: TestAlertOptions,
  alertmanager: Alertmanager,
  id: string,
  before: Deliveries,
): Promise<readonly Step[]> {
  const begun = performance.now();
  const elapsed = () => Math.round((performance.now() - begun) / 1000);
  for (;;) {
    const route = routeStep(await alertmanager.find(TEST_LABEL, id));
    const after = await alertmanager.deliveries();
    const delivered = options.expected.map((expected) => deliveryStep(expected, before, after));
    const exporter = await exporterStep(options.exporterUrl, id, elapsed());
    const steps = [route, ...delivered, exporter];
    const waiting = steps.some(({ result }) => result === 'skipped');
    if (!waiting || elapsed() >= options.timeoutSeconds) return steps.map(timedOut);
    await sleep(ASK_AGAIN_MS);
  }
}

/** What is still open at the end has failed. */
function timedOut(step: Step): Step {
  return step.result === 'skipped' ? { ...step, result: 'failed' } : step;
}

function routeStep(held: Awaited<ReturnType<Alertmanager['find']>>): Step {
  if (held === undefined) return { step: 'route', result: 'skipped', detail: 'Alertmanager does not show the alert' };
  if (held.suppressed) return { step: 'route', result: 'failed', detail: 'a silence or another alert keeps it quiet' };
  return { step: 'route', result: 'ok', detail: `leads to ${held.receivers.join(', ')}` };
}

function deliveryStep({ receiver, integration }: Expected, before: Deliveries, after: Deliveries): Step {
  const grown = (of: 'sent' | 'failed') => (after.get(integration)?.[of] ?? 0) - (before.get(integration)?.[of] ?? 0);
  if (grown('failed') > 0) {
    return { step: receiver, result: 'failed', detail: `${integration} refused it; Alertmanager's log says why` };
  }
  if (grown('sent') > 0) return { step: receiver, result: 'ok', detail: `delivered through ${integration}` };
  return { step: receiver, result: 'skipped', detail: `not delivered through ${integration} in time` };
}

async function exporterStep(url: string, id: string, seconds: number): Promise<Step> {
  try {
    const response = await fetch(`${url}/alerts`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { firing } = firingAlerts.parse(await response.json());
    return firing.some(({ labels }) => labels[TEST_LABEL] === id)
      ? { step: 'exporter', result: 'ok', detail: `shows it at ${url}/alerts after ${seconds} s` }
      : { step: 'exporter', result: 'skipped', detail: `${url}/alerts does not show it` };
  } catch {
    return {
      step: 'exporter',
      result: 'failed',
      detail: `${url}/alerts can't be read; start it or give --exporter-url`,
    };
  }
}

/** The test begins at Alertmanager, so whether Prometheus knows one is asked of Prometheus. */
async function prometheusStep(url: string): Promise<Step> {
  try {
    const response = await fetch(`${url}/api/v1/alertmanagers`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { length } = activeAlertmanagers.parse(await response.json()).data.activeAlertmanagers;
    return length > 0
      ? {
          step: 'Prometheus',
          result: 'ok',
          detail: `hands its alerts to ${length} Alertmanager${length === 1 ? '' : 's'}`,
        }
      : {
          step: 'Prometheus',
          result: 'failed',
          detail: 'knows no Alertmanager; name it under alerting in prometheus.yml',
        };
  } catch {
    return { step: 'Prometheus', result: 'skipped', detail: `${url} can't be reached; give --prometheus-url` };
  }
}
