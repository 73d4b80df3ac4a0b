import { resolve } from 'node:path';
import type { Config, Secret } from '../../config/Config.js';
import { loadConfig } from '../../config/loadConfig.js';
import { DEFAULT_FILE } from '../../config/readConfigFile.js';
import { messageOf } from '../../errors.js';
import type { Logger } from '../../monitor/Logger.js';
import type { Io } from '../io.js';
import { gatewayAccess } from './gatewayAccess.js';
import type { Services } from './Services.js';
import { watchFiles } from './watchFiles.js';

/**
 * Reads the gateway's keys again whenever their files change and on SIGHUP, until the returned function is called. What
 * can't be read changes nothing and is logged. All other settings hold until the next start.
 */
export function keepRenewing(config: Config, services: Services, logger: Logger, io: Io): () => void {
  const { keys, apiKey, upstreams } = config.gateway;
  if (keys === undefined) return () => undefined;
  const renew = (): void => {
    try {
      const next = loadConfig(io);
      // Without the key all could call; that takes a new start.
      const access = gatewayAccess({ ...next, gateway: { ...next.gateway, keys: next.gateway.keys ?? [] } }, io.env);
      if (access === undefined) return;
      services.renewAccess(access);
      logger.info('Read the gateway keys again', { keys: access.keys.map(({ name }) => name) });
    } catch (error) {
      logger.error('The gateway keys stay as they were, for they can not be read', { error: messageOf(error) });
    }
  };
  const secrets = [apiKey, ...upstreams.map((each) => each.apiKey)];
  const paths = [resolve(io.cwd, io.env['PROMPTMETER_CONFIG'] ?? DEFAULT_FILE), ...secrets.flatMap(fileOf)];
  const unwatch = watchFiles(paths, renew);
  const unhook = io.onReload(renew);
  return () => {
    unwatch();
    unhook();
  };
}

function fileOf(secret: Secret | undefined): string[] {
  return secret !== undefined && 'file' in secret ? [secret.file] : [];
}
