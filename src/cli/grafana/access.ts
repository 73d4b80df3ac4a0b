import type { Config } from '../../config/Config.js';
import { UsageError } from '../../errors.js';
import type { Io } from '../io.js';
import type { Duration } from '../simulate/optionValues.js';
import { textFrom } from '../simulate/optionValues.js';
import type { GrafanaAccess } from './GrafanaApi.js';

export interface GrafanaOptions {
  readonly grafanaUrl?: string;
  readonly timeout: Duration;
}

/** The option, else GRAFANA_URL, else the address that alerts link to; the token from GRAFANA_TOKEN alone. */
export function grafanaAccess({ grafanaUrl, timeout }: GrafanaOptions, config: Config, io: Io): GrafanaAccess {
  const url = grafanaUrl ?? textFrom('GRAFANA_URL', io.env) ?? config.links.grafana;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(
      `${JSON.stringify(url)} is no address of Grafana; one such as http://localhost:3000 is allowed`,
    );
  }
  return { url, token: textFrom('GRAFANA_TOKEN', io.env), timeoutSeconds: timeout.seconds };
}
