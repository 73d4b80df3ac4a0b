import { MissingServiceError, PromptmeterError } from '../../errors.js';
import { request } from './request.js';

export interface ExportTarget {
  /** Where the exporter listens, such as http://127.0.0.1:9464 */
  readonly url: string;
  readonly adminToken: string;
  readonly timeoutSeconds: number;
}

/**
 * Hands the ratio to a running exporter, from which Prometheus scrapes it as `ai_cost_reconciliation_ratio`.
 * @throws PromptmeterError that says why it wasn't taken and what to do.
 */
export async function exportRatio(target: ExportTarget, provider: string, ratio: number): Promise<void> {
  const what = `the exporter at ${target.url}`;
  const { status } = await request({
    url: `${target.url.replace(/\/+$/, '')}/reconciliation`,
    init: {
      method: 'PUT',
      headers: { Authorization: `Bearer ${target.adminToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ provider, ratio }),
    },
    timeoutSeconds: target.timeoutSeconds,
    what,
    hint: 'start `promptmeter serve`, name it with --exporter-url, or use --no-export',
  });
  if (status === 401 || status === 403) {
    const message = `${what} does not take this PROMPTMETER_ADMIN_TOKEN (${status}); give both the same one`;
    throw new PromptmeterError('configuration', message);
  }
  if (status !== 204) throw new MissingServiceError(`${what} did not take the ratio (${status}); its log tells more`);
}
