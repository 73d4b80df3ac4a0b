import { asRecord } from '../../call/guards.js';
import { loadConfig } from '../../config/loadConfig.js';
import { DEPLOYMENT_TAGS } from '../../generators/dashboards/annotations.js';
import type { Io } from '../io.js';
import { grafanaAccess, type GrafanaOptions } from './access.js';
import { GrafanaApi } from './GrafanaApi.js';

export interface AnnotateOptions extends GrafanaOptions {
  readonly tag: readonly string[];
  readonly time?: Date;
  readonly json?: true;
}

/** Marks a moment on every graph of every board. */
export async function annotate(text: string, options: AnnotateOptions, io: Io): Promise<void> {
  const api = new GrafanaApi(grafanaAccess(options, loadConfig(io), io));
  const time = options.time ?? new Date();
  const tags = [...new Set([...DEPLOYMENT_TAGS, ...options.tag])];
  const { body } = await api.post('/api/annotations', { time: time.getTime(), tags, text });
  const id = asRecord(body)?.['id'];
  if (options.json) io.stdout(JSON.stringify({ id, time: time.toISOString(), tags, text }));
  else io.stdout(`marked ${time.toISOString()} with ${JSON.stringify(text)}`);
}
