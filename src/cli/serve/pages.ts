import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/Config.js';
import { createPreview } from '../../preview/createPreview.js';
import type { Page } from '../../exporter/ports.js';
import type { Io } from '../io.js';
import { readDashboards } from '../preview/dashboardFolder.js';
import { readWebAssets } from '../preview/webAssets.js';
import { PACKAGE_ROOT } from '../up/packageRoot.js';

/** Where the exporter shows the dashboards. */
export const DASHBOARDS_PATH = '/dashboards';
const DEFAULT_PROMETHEUS = 'http://127.0.0.1:9090';

/**
 * The preview of the dashboards for the exporter to show. Reads Prometheus for whoever asks, so there is none where
 * /metrics needs a token that a browser can't send.
 */
export async function dashboardPage({ metrics, links, prometheus }: Config, io: Io): Promise<Page | undefined> {
  if (metrics.metricsToken !== undefined) return undefined;
  return createPreview({
    prefix: DASHBOARDS_PATH,
    prometheusUrl: io.env['PROMPTMETER_PROMETHEUS_URL'] ?? DEFAULT_PROMETHEUS,
    grafanaUrl: links.grafana,
    tracesUrl: links.traces,
    scrapeInterval: prometheus.scrapeInterval,
    dashboards: () => readDashboards(join(PACKAGE_ROOT, 'dashboards')),
    assets: await readWebAssets(),
  });
}

/** The runbooks of this package by file name; none where it was installed without them. */
export function readRunbooks(): ReadonlyMap<string, string> {
  const folder = join(PACKAGE_ROOT, 'docs', 'runbooks');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
    return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  } catch {
    return new Map();
  }
}
