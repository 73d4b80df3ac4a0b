import { resolve } from 'node:path';
import type { Config, Secret } from '../../config/Config.js';
import { loadConfig } from '../../config/loadConfig.js';
import { DEFAULT_FILE } from '../../config/readConfigFile.js';
import { messageOf } from '../../errors.js';
import type { Logger } from '../../monitor/Logger.js';
import type { Io } from '../io.js';
import { gatewayAccess } from './gatewayAccess.js';
import { readTls, tlsPaths } from './readTls.js';
import type { Services } from './Services.js';
import { watchFiles } from './watchFiles.js';

/**
 * Reads keys and certificates again whenever their files change and on SIGHUP, until the returned function is called. What
 * can't be read changes nothing and is logged. All other settings hold until the next start.
 */
export function keepRenewing(config: Config, services: Services, logger: Logger, io: Io): () => void {
  const { keys, apiKey, upstreams } = config.gateway;
  const certificates = tlsPaths(config);
  if (keys === undefined && certificates.length === 0) {
    // A signal that nobody takes ends the process, with all calls that run.
    return io.onReload(() => {
      logger.warn('There are no keys and certificates to read again; all other settings hold until the next start');
    });
  }
  const renew = (): void => {
    try {
      const next = withFirst(config, loadConfig(io));
      const access = gatewayAccess(next, io.env);
      services.renew({ access, tls: readTls(next) });
      logger.info('Read keys and certificates again', { keys: access?.keys.map(({ name }) => name) });
    } catch (error) {
      logger.error('Keys and certificates stay as they were, for they can not be read', { error: messageOf(error) });
    }
  };
  const secrets = [apiKey, ...upstreams.map((each) => each.apiKey)];
  const file = resolve(io.cwd, io.env['PROMPTMETER_CONFIG'] ?? DEFAULT_FILE);
  const unwatch = watchFiles([file, ...secrets.flatMap(fileOf), ...certificates], renew);
  const unhook = io.onReload(renew);
  return () => {
    unwatch();
    unhook();
  };
}

/** Whether keys are asked for, and which files are certificates, is as it was at the start: no change may open what was closed. */
function withFirst(first: Config, next: Config): Config {
  return {
    ...next,
    gateway: {
      ...next.gateway,
      keys: first.gateway.keys && (next.gateway.keys ?? []),
      tlsFiles: first.gateway.tlsFiles,
    },
    metrics: { ...next.metrics, tlsFiles: first.metrics.tlsFiles },
  };
}

function fileOf(secret: Secret | undefined): string[] {
  return secret !== undefined && 'file' in secret ? [secret.file] : [];
}
