import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError } from '../../errors.js';
import type { Io } from '../io.js';
import { asText } from './asText.js';
import { fetchBilled } from './billed.js';
import { fetchCounted } from './counted.js';
import { exportRatio } from './exportRatio.js';
import { periodOf } from './Period.js';
import { Prometheus } from './Prometheus.js';
import { reconcile, type Reconciliation } from './Reconciliation.js';

export interface ReconcileOptions {
  readonly since?: Date;
  readonly until?: Date;
  readonly provider: string;
  readonly prometheusUrl: string;
  readonly baseUrl?: string;
  readonly exporterUrl?: string;
  /** False with --no-export. */
  readonly export: boolean;
  readonly tolerance?: number;
  readonly timeout: { readonly seconds: number };
  readonly json?: true;
}

/** @throws PromptmeterError that says what is missing, or that the two differ by more than the tolerance. */
export async function runReconcile(options: ReconcileOptions, io: Io): Promise<void> {
  const config = loadConfig(io);
  const period = periodOf(options.since, options.until, new Date());
  const adminKey = io.env['OPENAI_ADMIN_KEY'] ?? '';
  if (adminKey === '') {
    const where = 'https://platform.openai.com/settings/organization/admin-keys';
    throw new PromptmeterError(
      'configuration',
      `set OPENAI_ADMIN_KEY to an admin key of your organization, from ${where}`,
    );
  }
  const timeoutSeconds = options.timeout.seconds;
  const baseUrl = options.baseUrl ?? config.gateway.defaultUpstream.baseUrl;
  const prometheus = new Prometheus(options.prometheusUrl, timeoutSeconds);
  const counted = await fetchCounted(prometheus, options.provider, period);
  const billed = await fetchBilled({ baseUrl, adminKey, timeoutSeconds }, period);
  const result = reconcile(options.provider, period, counted, billed);

  if (options.json) io.stdout(JSON.stringify(result));
  else for (const line of asText(result)) io.stdout(line);

  const { adminToken, port } = config.metrics;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const exporterUrl = options.exporterUrl ?? `http://${host}:${port}`;
  if (options.export) await exportOrSay(result, { url: exporterUrl, adminToken, timeoutSeconds }, io);
  checkTolerance(result, options.tolerance);
}

interface MaybeTarget {
  readonly url: string;
  readonly adminToken: string | undefined;
  readonly timeoutSeconds: number;
}

async function exportOrSay({ provider, total }: Reconciliation, target: MaybeTarget, io: Io): Promise<void> {
  const { adminToken } = target;
  if (total.ratio === null) io.stderr('promptmeter: there is no ratio to export');
  else if (adminToken === undefined) {
    io.stderr(
      'promptmeter: the ratio is not exported; set PROMPTMETER_ADMIN_TOKEN as for the exporter, or use --no-export',
    );
  } else await exportRatio({ ...target, adminToken }, provider, total.ratio);
}

function checkTolerance({ total: { ratio } }: Reconciliation, tolerance: number | undefined): void {
  if (tolerance === undefined) return;
  if (ratio === null) throw new PromptmeterError('check_failed', 'there is no day of which both sides are known');
  if (Math.abs(ratio - 1) <= tolerance) return;
  const message = `counted over billed is ${ratio.toFixed(4)}, further from 1 than ${tolerance}; docs/cost.md lists reasons`;
  throw new PromptmeterError('check_failed', message);
}
