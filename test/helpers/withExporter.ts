import { createExporter, type ExporterOptions } from '../../src/exporter/createExporter.js';
import { PrometheusMetricsReporter } from '../../src/reporters/PrometheusMetricsReporter.js';
import { LogKeeper } from './LogKeeper.js';

export interface RunningExporter {
  readonly url: string;
  readonly port: number;
  readonly reporter: PrometheusMetricsReporter;
  readonly logger: LogKeeper;
}

/** Starts an exporter with a reporter of its own on a free port, hands it over and closes it. */
export async function withExporter(
  options: Partial<ExporterOptions>,
  use: (running: RunningExporter) => Promise<void>,
): Promise<void> {
  const reporter = new PrometheusMetricsReporter();
  const logger = new LogKeeper();
  const exporter = createExporter({ host: '127.0.0.1', port: 0, metrics: reporter, logger, ...options });
  const { url, port } = await exporter.listen();
  try {
    await use({ url, port, reporter, logger });
  } finally {
    await exporter.close();
  }
}
