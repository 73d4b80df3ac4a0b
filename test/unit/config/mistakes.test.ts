import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { isConfigurationError } from '../../../src/errors.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const load = (file: string, env: Record<string, string> = {}) => {
  folder.write('promptmeter.yaml', file);
  return loadConfig({ env, cwd: folder.path });
};

/** The problems as lines `path: message`. */
const problemsOf = (file: string, env: Record<string, string> = {}): string[] => {
  try {
    load(file, env);
    return [];
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe('a mistake in the file is named with its path, what was found and what is allowed', () => {
  test.each([
    ['attributon: { labels: [app] }', 'attributon: this key is not known; did you mean attribution?'],
    ['gateway: { timout: 5m }', 'gateway.timout: this key is not known; did you mean timeout?'],
    ['links: { zzz: 1 }', 'links.zzz: this key is not known; grafana, runbooks and traces are allowed'],
    [
      'links: { traces: https://traces.example.com/ }',
      'links.traces: found "https://traces.example.com/"; write {trace_id} where the id of the trace goes, such as https://tracing.example.com/trace/{trace_id}',
    ],
    [
      'thresholds: { models: { gpt-4.1: { latencyP59: {} } } }',
      'thresholds.models["gpt-4.1"].latencyP59: this key is not known; did you mean latencyP95?',
    ],
    ['limits: { models: ten }', 'limits.models: found "ten"; a number is allowed'],
    ['limits: { models: 0 }', 'limits.models: found 0; a number from 1 is allowed'],
    ['limits: { models: 20000 }', 'limits.models: found 20000; a number up to 10000 is allowed'],
    ['limits: { models: 1.5 }', 'limits.models: found 1.5; a whole number is allowed'],
    ['limits: many', 'limits: found "many"; a map of settings is allowed'],
    ['[a, list]', ': found a list; a map of settings is allowed'],
    ['reporters: [promtheus]', 'reporters[0]: found "promtheus"; did you mean prometheus?'],
    ['reporters: [stdout]', 'reporters[0]: found "stdout"; console and prometheus are allowed'],
    ['reporters: []', 'reporters: found an empty list; a number of entries from 1 is allowed'],
    ['reporters: [console, console]', 'reporters: console is named more than once; keep one'],
    ['gateway: { usageInStreams: yes }', 'gateway.usageInStreams: found "yes"; true or false is allowed'],
    ['gateway: { timeout: 90 }', 'gateway.timeout: found 90; a duration such as 30s, 5m or 1h30m is allowed'],
    ['gateway: { timeout: 0s }', 'gateway.timeout: found "0s"; a duration above 0s is allowed'],
    [
      'gateway: { upstreams: { Azure: { baseUrl: "https://a" } } }',
      'gateway.upstreams.Azure: found "Azure"; up to 40 small letters, digits and - are allowed',
    ],
    [
      'gateway: { upstreams: { v1: { baseUrl: "https://a" } } }',
      'gateway.upstreams.v1: found "v1"; v1 is the path of the default upstream; use another name',
    ],
    [
      'gateway: { upstreams: { openai: { baseUrl: "https://a" } } }',
      'gateway.upstreams.openai: found "openai"; openai is the default upstream, whose address OPENAI_BASE_URL sets; use another name',
    ],
    [
      'gateway: { upstreams: { a: { baseUrl: "ftp://me:secret@host/x" } } }',
      'gateway.upstreams.a.baseUrl: found "ftp://***@host/x"; an http:// or https:// URL is allowed',
    ],
    [
      'gateway: { upstreams: { a: { baseUrl: "${NOT_SET}/v1" } } }',
      'gateway.upstreams.a.baseUrl: the environment has no NOT_SET; set it or write ${NOT_SET:-default}',
    ],
    [
      'thresholds: { defaults: { errorRatio: { critical: 20 } } }',
      'thresholds.defaults.errorRatio.critical: found 20; a ratio below 1 is allowed, such as 0.05 for 5 %',
    ],
    [
      'thresholds: { defaults: { latencyP95: { critical: 10m } } }',
      'thresholds.defaults.latencyP95.critical: found "10m"; a duration below 10m is allowed: no longer ones are told apart',
    ],
    [
      'attribution: { labels: [model] }',
      'attribution.labels[0]: found "model"; this label is taken by the metrics themselves; use another name',
    ],
    ['budgets: [{ name: team, usd: 5 }]', 'budgets[0].period: found nothing; daily, weekly and monthly are allowed'],
    ['prices: { a: {} }', 'prices.a: found a map; at least one price is needed, such as input and output'],
    ['prices: { a: { input: 1, tiers: { flex: {} } } }', 'prices.a.tiers.flex: found a map; at least one price is needed, such as input and output'],
    ['prices: { a: { imput: 1, output: 1 } }', 'prices.a.imput: this key is not known; did you mean input?'],
    ['prices: { a: { perImage: free } }', 'prices.a.perImage: found "free"; US dollars an image are allowed, or a map of them by size and quality'],
    ['prices: { a: { perAudioMinute: -1 } }', 'prices.a.perAudioMinute: found -1; US dollars, 0 or more, are allowed'],
    ['prices: { a: { input: 1, longContext: { input: 2 } } }', 'prices.a.longContext.above: found nothing; a number is allowed'],
    ['prices: { a: { input: -1, output: 1 } }', 'prices.a.input: found -1; US dollars per million tokens, 0 or more, are allowed'],
  ])('%s', (file, problem) => {
    expect(problemsOf(file)).toEqual([problem]);
  }); // prettier-ignore

  test.each([
    ['a: 1\nb: [\nc: 2\n', 'line 3, column 1: this is not YAML as it should be: deficient indentation'],
    ['limits: {}\nlimits: {}\n', 'line 2, column 1: this is not YAML as it should be: duplicated mapping key'],
    ['{}\n---\n{}\n', ': this is not YAML as it should be: it has 2 documents, take out the lines ---'],
  ])('%j', (file, problem) => {
    expect(problemsOf(file)).toEqual([problem]);
  });
});

describe('settings that contradict each other are mistakes', () => {
  test.each([
    [
      'thresholds: { defaults: { errorRatio: { warning: 0.3 } } }',
      'thresholds.defaults.errorRatio: critical (0.2) is below warning (0.3); raise it, lower the other, or set one of them to null',
    ],
    [
      'thresholds: { models: { o3: { latencyP95: { warning: 1m } } } }',
      'thresholds.models.o3.latencyP95: critical (30) is below warning (60); raise it, lower the other, or set one of them to null',
    ],
    [
      'thresholds: { defaults: { errorRatio: { for: 2s } }, models: { o3: { errorRatio: { warning: 0.1 } } } }',
      'thresholds.defaults.errorRatio: for (2s) is shorter than prometheus.evaluationInterval (5s); use 0s or a longer one',
    ],
    [
      'thresholds: { models: { o3: { costPerHour: { window: 8s } } } }',
      'thresholds.models.o3.costPerHour: window (8s) holds fewer than two scrapes of prometheus.scrapeInterval (5s); lengthen it',
    ],
    [
      'thresholds: { defaults: { rateLimitHeadroom: { critical: 0.5 } } }',
      'thresholds.defaults.rateLimitHeadroom: critical (0.5) is above warning (0.1); lower it, raise the other, or set one of them to null',
    ],
    [
      'thresholds: { operations: { chat: { retryRatio: { warning: 0.2 } } } }',
      'thresholds.operations.chat.retryRatio: it is not known by operation; latencyP95, firstTokenP95, timePerOutputTokenP95, errorRatio, errorTypeRatio, accountErrorRatio, abortedRatio, costPerHour, costPerCall and costJump are allowed',
    ],
    [
      'thresholds: { attribution: { app: { web: { latencyP95: { warning: 2s } } } } }',
      'thresholds.attribution.app.web.latencyP95: it is not known by attribution label; errorRatio, abortedRatio, costPerHour, costPerCall and costJump are allowed',
    ],
    [
      'thresholds: { attribution: { apps: { web: { errorRatio: { warning: 0.1 } } } } }',
      'thresholds.attribution.apps: this is no attribution label; did you mean app?',
    ],
    [
      'capacity: { used: { warning: 0.95 } }',
      'capacity.used: critical (0.95) is not above warning (0.95); raise it or lower the other',
    ],
    [
      'budgets: [{ name: a, usd: 1, period: daily }, { name: a, usd: 2, period: daily }]',
      'budgets: a (daily) is named more than once; keep one',
    ],
    [
      'slos: [{ name: up, objective: 0.98 }, { name: up, objective: 0.99 }]',
      'slos: up is named more than once; keep one',
    ],
    ['attribution: { labels: [app, app] }', 'attribution.labels: app is named more than once; keep one'],
  ])('%s', (file, problem) => {
    expect(problemsOf(file)).toEqual([problem]);
  });

  test('but `for: 0s` means at once', () => {
    expect(problemsOf('thresholds: { defaults: { errorRatio: { for: 0s } } }')).toEqual([]);
  });

  test('and each model is named for its own', () => {
    const own = '{ errorRatio: { warning: 0.9 } }';
    expect(problemsOf(`thresholds: { models: { a: ${own}, b: ${own} } }`)).toHaveLength(2);
  });
});

describe('a mistake in the environment is named like one in the file', () => {
  const portAllowed = 'a port from 0 to 65535 is allowed';
  test.each([
    ['PROMPTMETER_GATEWAY_PORT', '70000', `found "70000"; ${portAllowed}`],
    ['PROMPTMETER_METRICS_PORT', 'http', `found "http"; ${portAllowed}`],
    ['PROMPTMETER_METRICS_PORT', '-1', `found "-1"; ${portAllowed}`],
    ['PROMPTMETER_METRICS_PORT', '8080', 'the gateway has port 8080 too; give one of them another'],
    ['PROMPTMETER_HOST', 'not a host', 'found "not a host"; an IP address or a host name is allowed'],
    ['OPENAI_BASE_URL', 'api.openai.com/v1', 'found "api.openai.com/v1"; an http:// or https:// URL is allowed'],
    ['LOG_LEVEL', 'warning', 'found "warning"; did you mean warn?'],
    ['LOG_LEVEL', '3', 'found "3"; fatal, error, warn, info, debug, trace and silent are allowed'],
    ['PROMPTMETER_GATEWAY_PROT', '1', 'this variable is not known; did you mean PROMPTMETER_GATEWAY_PORT?'],
  ])('%s=%s', (name, value, message) => {
    expect(problemsOf('', { [name]: value })).toEqual([`${name}: ${message}`]);
  });

  test('without showing a token, not even a wrong one', () => {
    expect(problemsOf('', { PROMPTMETER_ADMIN_TOKEN: 'swordfish' })).toEqual([
      'PROMPTMETER_ADMIN_TOKEN: found 9 characters; at least 16 characters are allowed; `openssl rand -hex 16` makes them',
    ]);
  });

  test('and one token for two roles is one', () => {
    const token = 'sixteen-or-more-letters';
    expect(problemsOf('', { PROMPTMETER_ADMIN_TOKEN: token, PROMPTMETER_METRICS_TOKEN: token })).toEqual([
      'PROMPTMETER_ADMIN_TOKEN: this is PROMPTMETER_METRICS_TOKEN too, so that whoever scrapes would be an admin; use two tokens',
    ]);
  });

  test("while other parts' variables are let through", () => {
    expect(problemsOf('', { PROMPTMETER_DEMO_URL: 'http://a', PATH: '/bin' })).toEqual([]);
  });
});

test('a configuration with five mistakes in file, environment and between settings reports five', () => {
  const file = `
    limits: { models: 0 }
    reportrs: [console]
    thresholds: { defaults: { costPerHour: { warning: 80 } } }
    gateway: { upstreams: { demo: { baseUrl: "\${DEMO}" } } }`;
  expect(() => load(file, { PROMPTMETER_GATEWAY_PORT: 'eighty' })).toThrow(
    [
      'promptmeter.yaml with the environment has 5 problems:',
      '  limits.models: found 0; a number from 1 is allowed',
      '  reportrs: this key is not known; did you mean reporters?',
      '  gateway.upstreams.demo.baseUrl: the environment has no DEMO; set it or write ${DEMO:-default}',
      '  PROMPTMETER_GATEWAY_PORT: found "eighty"; a port from 0 to 65535 is allowed',
      '  thresholds.defaults.costPerHour: critical (50) is below warning (80); raise it, lower the other, or set one of them to null',
    ].join('\n'),
  );
});

describe('a file that can not be read is a mistake', () => {
  const loadNamed = (name: string) => () => loadConfig({ env: { PROMPTMETER_CONFIG: name }, cwd: folder.path });

  test('when it was asked for and is not there', () => {
    expect(loadNamed('nowhere.yaml')).toThrow(
      'nowhere.yaml has 1 problem:\n  (file): there is no such file; correct PROMPTMETER_CONFIG or unset it to use the defaults',
    );
  });

  test('when it is a folder', () => {
    mkdirSync(join(folder.path, 'conf'));
    expect(loadNamed('conf')).toThrow('conf has 1 problem:\n  (file): this is a folder; name the file in it');
  });
});
