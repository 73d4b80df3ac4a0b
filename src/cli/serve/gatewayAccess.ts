import type { Config } from '../../config/Config.js';
import type { GatewayAccess } from '../../gateway/keys/Doorkeeper.js';
import type { Io } from '../io.js';
import { readSecret } from './readSecret.js';

const USUAL_KEY = 'OPENAI_API_KEY';

/**
 * Who may call, with the upstreams' keys read from the environment and from files; undefined where promptmeter.yaml has no
 * `gateway.keys`, so that clients call with keys of their own and the server needs none.
 * @throws ConfigurationError when a key that is named isn't there.
 */
export function gatewayAccess({ source, gateway }: Config, env: Io['env']): GatewayAccess | undefined {
  const { keys, upstreams, apiKey, defaultUpstream } = gateway;
  if (keys === undefined) return undefined;
  const named = upstreams.map((each) => ({ ...each, path: `gateway.upstreams.${each.name}.apiKey` }));
  const usual = (env[USUAL_KEY] ?? '') === '' ? undefined : { env: USUAL_KEY };
  const all = [...named, { name: defaultUpstream.name, path: 'gateway.apiKey', apiKey: apiKey ?? usual }];
  const upstreamKeys = all.flatMap(({ name, path, apiKey: secret }) =>
    secret === undefined ? [] : [[name, readSecret(secret, path, env, source)] as const],
  );
  return { keys, upstreamKeys: new Map(upstreamKeys) };
}
