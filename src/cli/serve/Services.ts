import type { Config } from '../../config/Config.js';
import { createExporter, type Exporter, type ExporterOptions } from '../../exporter/createExporter.js';
import type { Gateway } from '../../gateway/GatewayOptions.js';
import type { GatewayAccess } from '../../gateway/keys/Doorkeeper.js';
import type { Logger } from '../../monitor/Logger.js';
import { oneProcess } from './oneProcess.js';
import { severalProcesses } from './workers/severalProcesses.js';
import type { ServerTls } from './readTls.js';

export interface Listening {
  readonly listening: 'gateway' | 'metrics';
  readonly url: string;
}

/** What is not in the configuration itself: pages that the exporter shows, and who may call through the gateway. */
export interface ServiceOptions extends Pick<ExporterOptions, 'dashboards' | 'runbooks'> {
  readonly access?: GatewayAccess | undefined;
  readonly tls?: ServerTls | undefined;
}

/** Gateway and exporter of one configuration, with all that stands between them. */
export class Services {
  readonly #gateway: Gateway;
  readonly #exporter: Exporter;
  #draining = false;

  constructor(config: Config, logger: Logger, { access, tls, ...pages }: ServiceOptions = {}) {
    const { gateway, monitor, metrics, ready } =
      config.gateway.workers === 1
        ? oneProcess(config, logger, { access, tls: tls?.gateway })
        : severalProcesses(config, logger);
    this.#gateway = gateway;
    this.#exporter = createExporter({
      ...config.metrics,
      tls: tls?.exporter,
      metrics,
      ...pages,
      outcomes: monitor,
      logger,
      ready: () => {
        if (this.#draining) return 'calls that run are being finished; new ones are not taken';
        return ready() || 'no worker of the gateway runs; the log says why';
      },
    });
  }

  /**
   * Resolves when both take requests.
   * @throws MissingServiceError when a port can't be had; then neither is left open.
   */
  async start(): Promise<readonly Listening[]> {
    try {
      const metrics = await this.#exporter.listen();
      const gateway = await this.#gateway.listen();
      return [
        { listening: 'gateway', url: gateway.url },
        { listening: 'metrics', url: metrics.url },
      ];
    } catch (error) {
      await this.#exporter.close();
      throw error;
    }
  }

  /** What was read anew holds from the next call, and the next connection, on. */
  renew({ access, tls }: Pick<ServiceOptions, 'access' | 'tls'>): void {
    if (access !== undefined) this.#gateway.renewAccess(access);
    if (tls?.gateway !== undefined) this.#gateway.renewTls(tls.gateway);
    if (tls?.exporter !== undefined) this.#exporter.renewTls(tls.exporter);
  }

  /**
   * Takes no more calls, lets those that run finish for up to `drainMs` milliseconds, and keeps /metrics up until what
   * they counted was scraped once more, for up to `scrapeMs` longer.
   */
  async stop({ drainMs, scrapeMs }: { readonly drainMs: number; readonly scrapeMs: number }): Promise<void> {
    this.#draining = true;
    await this.#gateway.close(drainMs);
    await this.#exporter.scrapedOnceMore(scrapeMs);
    await this.#exporter.close();
  }
}
