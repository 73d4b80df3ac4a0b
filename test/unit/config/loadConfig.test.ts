import { join } from 'node:path';
import type { Config } from '../../../src/config/Config.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const load = (file: string, env: Record<string, string> = {}): Config => {
  folder.write('promptmeter.yaml', file);
  return loadConfig({ env, cwd: folder.path });
};

describe('a good configuration', () => {
  test('needs no file and no variable', () => {
    const config = loadConfig({ env: {}, cwd: folder.path });
    expect(config).toMatchObject({
      source: 'built-in defaults',
      environment: 'development',
      host: '127.0.0.1',
      gateway: { port: 8080, defaultUpstream: { name: 'openai', baseUrl: 'https://api.openai.com/v1' } },
      metrics: { port: 9464, adminToken: undefined, metricsToken: undefined },
    });
  });

  test('binds /metrics to an address of its own, or to the one of the gateway', () => {
    const open = { PROMPTMETER_HOST: '0.0.0.0' };
    expect(load('', open)).toMatchObject({ host: '0.0.0.0', metrics: { host: '0.0.0.0' } });
    expect(load('', { ...open, PROMPTMETER_METRICS_HOST: '127.0.0.1' })).toMatchObject({
      host: '0.0.0.0',
      metrics: { host: '127.0.0.1' },
    });
  });

  test.each(['', '# only a comment\n', '{}', 'attribution:\n  labels: [app, feature]\n'])(
    'is what the defaults are when the file says no more: %j',
    (file) => {
      const defaults = loadConfig({ env: {}, cwd: '/' });
      expect(load(file)).toEqual({ ...defaults, source: 'promptmeter.yaml' });
    },
  );

  test('is what the committed file says, which is the defaults, the demo, and examples of objectives and budgets', () => {
    const defaults = loadConfig({ env: {}, cwd: folder.path });
    const upstreams = [{ name: 'demo', baseUrl: 'http://127.0.0.1:8081/v1' }];
    const { slos, budgets, ...committed } = loadConfig({ env: {}, cwd: process.cwd() });
    expect({ ...committed, slos: [], budgets: [] }).toEqual({
      ...defaults,
      source: 'promptmeter.yaml',
      gateway: { ...defaults.gateway, upstreams },
    });
    expect(slos.map(({ kind }) => kind)).toEqual(['availability', 'latency', 'firstToken']);
    expect(budgets).toEqual([{ name: 'demo', usd: 500, period: 'daily', where: { provider: 'demo' } }]);
  });

  test('is frozen, all the way down', () => {
    const config = load('budgets: [{ name: team, usd: 5, period: daily }]');
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.thresholds.defaults.errorRatio)).toBe(true);
    expect(Object.isFrozen(config.budgets[0])).toBe(true);
  });

  test('merges the thresholds of a model over those of the file, and these over the built-in ones, as whole sets', () => {
    const { defaults, models } = load(`
      thresholds:
        defaults: { latencyP95: { warning: 1m30s, critical: 2m }, costPerHour: { critical: null } }
        models: { o3: { latencyP95: { critical: 5m } } }`).thresholds;
    expect(defaults.latencyP95).toEqual({
      ...{ warning: 90, critical: 120, window: '10m', for: '1m' },
      ...{ keepFiringFor: '1m', minimumRequests: 20 },
    });
    expect(defaults.costPerHour).toMatchObject({ warning: 10, critical: null });
    expect(models['o3']).toEqual({ ...defaults, latencyP95: { ...defaults.latencyP95, critical: 300 } });
  });

  test('takes the file that PROMPTMETER_CONFIG names, and every other variable', () => {
    folder.write('other/settings.yaml', 'limits: { models: 7 }');
    const env = {
      PROMPTMETER_CONFIG: 'other/settings.yaml',
      PROMPTMETER_HOST: '::1',
      PROMPTMETER_GATEWAY_PORT: '0',
      PROMPTMETER_METRICS_PORT: '0',
      PROMPTMETER_ADMIN_TOKEN: 'a'.repeat(16),
      PROMPTMETER_METRICS_TOKEN: 'm'.repeat(16),
      OPENAI_BASE_URL: 'http://proxy.internal:4000/v1/',
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
    };
    expect(loadConfig({ env, cwd: folder.path })).toMatchObject({
      source: join('other', 'settings.yaml'),
      limits: { models: 7, labelValues: 100 },
      host: '::1',
      environment: 'production',
      logLevel: 'warn',
      gateway: { port: 0, defaultUpstream: { name: 'openai', baseUrl: 'http://proxy.internal:4000/v1' } },
      metrics: { port: 0, adminToken: 'a'.repeat(16), metricsToken: 'm'.repeat(16) },
    });
  });

  test('takes an empty variable as one that is not set', () => {
    const env = { PROMPTMETER_ADMIN_TOKEN: '', PROMPTMETER_GATEWAY_PORT: '', OPENAI_BASE_URL: '', LOG_LEVEL: '' };
    expect(load('', env)).toEqual(load(''));
  });

  test.each([
    ['${URL}', { URL: 'http://a:1/v1' }, 'http://a:1/v1'],
    ['${URL:-http://b:2/v1/}', {}, 'http://b:2/v1'],
    ['${URL:-http://b:2/v1}', { URL: 'http://a:1/v1' }, 'http://a:1/v1'],
    ['http://${HOST_NAME}:${PORT:-9}/v1', { HOST_NAME: 'h' }, 'http://h:9/v1'],
  ])('fills %s in the address of an upstream from the environment', (baseUrl, env, expected) => {
    const { upstreams } = load(`gateway: { upstreams: { demo: { baseUrl: "${baseUrl}" } } }`, env).gateway;
    expect(upstreams).toEqual([{ name: 'demo', baseUrl: expected }]);
  });

  test('takes prices as they are written: a price that is not named is not known', () => {
    const prices = load(`
      prices:
        mine: { input: 1, output: 2 }
        demo/mine: { input: 4, cachedInput: 1, output: 8, tiers: { flex: { input: 2, output: 4 } } }
        painter: { perImage: { 1024x1024: 0.04, hd 1024x1024: 0.08 } }
        reader: { input: 1, output: 2, longContext: { above: 200000, input: 2 } }`).prices;
    expect(prices).toEqual({
      mine: { input: 1, output: 2 },
      'demo/mine': { input: 4, cachedInput: 1, output: 8, tiers: { flex: { input: 2, output: 4 } } },
      painter: { perImage: { '1024x1024': 0.04, 'hd 1024x1024': 0.08 } },
      reader: { input: 1, output: 2, longContext: { above: 200_000, input: 2 } },
    });
  });
});
