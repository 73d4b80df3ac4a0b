import { generateFiles } from '../../../src/generators/index.js';
import { configOf } from '../../helpers/configOf.js';
import { isAlert, parseRules, type Alert, type Rule } from '../../helpers/rules.js';

function rulesOf(yaml: string): Rule[] {
  return generateFiles(configOf(yaml))
    .filter(({ path }) => /^alerts\/[^/]+\.yml$/.test(path))
    .flatMap(({ content }) => parseRules(content));
}

function alertsOf(yaml: string, name: string): Alert[] {
  return rulesOf(yaml)
    .filter(isAlert)
    .filter(({ alert }) => alert === name);
}

test.each([
  ['AILatencyP95High', 'latencyP95: { warning: 7s, critical: 21s }', ['/ 1000 > 7\n', '/ 1000 > 21\n']],
  ['AIFirstTokenP95High', 'firstTokenP95: { warning: 500ms, critical: 2s }', ['/ 1000 > 0.5\n', '/ 1000 > 2\n']],
  ['AIErrorRatioHigh', 'errorRatio: { warning: 0.01, critical: 0.1 }', [' > 0.01\n', ' > 0.1\n']],
  ['AICostPerHourHigh', 'costPerHour: { warning: 3, critical: 30 }', [' > 3\n', ' > 30\n']],
])('%s has the bounds of promptmeter.yaml, from its unit to that of the metric', (name, threshold, bounds) => {
  const alerts = alertsOf(`thresholds: { defaults: { ${threshold} } }`, name);
  expect(alerts.map(({ labels }) => labels)).toEqual([{ severity: 'warning' }, { severity: 'critical' }]);
  expect(alerts.map(({ expr }, index) => expr.includes(bounds[index]!))).toEqual([true, true]);
});

test('window, wait and minimum traffic come from promptmeter.yaml', () => {
  const [alert] = alertsOf(
    'thresholds: { defaults: { errorRatio: { window: 30m, for: 7m, minimumRequests: 25 } } }',
    'AIErrorRatioHigh',
  );
  expect(alert).toMatchObject({ for: '7m' });
  expect(alert?.expr).toBe(
    'provider_model:ai_errors_per_requests:ratio_rate30m > 0.05\n' +
      'and on (provider, model)\n' +
      'provider_model:ai_requests_not_aborted:increase30m >= 25\n' +
      'and\n' +
      'provider_model:ai_errors_per_requests:ratio_rate30m * on (provider, model) group_left () ' +
      'provider_model:ai_requests_not_aborted:increase30m >= 3',
  );
});

test('without a minimum of traffic there is no guard', () => {
  const [alert] = alertsOf('thresholds: { defaults: { costPerHour: { minimumRequests: 0 } } }', 'AICostPerHourHigh');
  expect(alert?.expr).toBe('provider_model:ai_cost_usd_per_hour:rate15m > 10');
});

test('a bound of null makes no alert of that severity, and both make no rule of that kind at all', () => {
  const yaml = `thresholds: { defaults: {
    latencyP95: { critical: null }, errorRatio: { warning: null, critical: null } } }`;
  expect(alertsOf(yaml, 'AILatencyP95High').map(({ labels }) => labels['severity'])).toEqual(['warning']);
  expect(JSON.stringify(rulesOf(yaml))).not.toContain('ai_errors_per_requests');
});

describe('a model with a threshold of its own', () => {
  const yaml = `thresholds:
    models:
      o3: { latencyP95: { warning: 60s, critical: 2m, window: 15m } }
      gpt-4.1: { latencyP95: { critical: null } }
      gpt-4o: { errorRatio: { warning: 0.05 } }`;
  const latency = alertsOf(yaml, 'AILatencyP95High');

  test('is left out of the default and has alerts of its own', () => {
    expect(latency.map(({ labels, expr }) => [labels['model'], labels['severity'], expr.split('\n')[0]])).toEqual([
      [
        undefined,
        'warning',
        String.raw`provider_model:ai_request_duration_ms:p95_10m{model!~"gpt-4\\.1|o3"} / 1000 > 10`,
      ],
      [
        undefined,
        'critical',
        String.raw`provider_model:ai_request_duration_ms:p95_10m{model!~"gpt-4\\.1|o3"} / 1000 > 30`,
      ],
      ['gpt-4.1', 'warning', 'provider_model:ai_request_duration_ms:p95_10m{model="gpt-4.1"} / 1000 > 10'],
      ['o3', 'warning', 'provider_model:ai_request_duration_ms:p95_15m{model="o3"} / 1000 > 60'],
      ['o3', 'critical', 'provider_model:ai_request_duration_ms:p95_15m{model="o3"} / 1000 > 120'],
    ]);
  });

  test('has its window recorded once, beside that of the default', () => {
    const records = rulesOf(yaml).flatMap((rule) => (isAlert(rule) ? [] : [rule.record]));
    expect(records.filter((name) => name.includes('duration_ms:p95'))).toEqual([
      'provider_model:ai_request_duration_ms:p95_10m',
      'provider_model:ai_request_duration_ms:p95_15m',
    ]);
  });

  test('that is no different from the default makes no rule', () => {
    expect(alertsOf(yaml, 'AIErrorRatioHigh').map(({ labels }) => labels['model'])).toEqual([undefined, undefined]);
  });
});

test('no two rules record the same series, even when all windows are the same', () => {
  const yaml = `
    thresholds: { defaults: { costPerHour: { window: 1h }, costPerCall: { window: 1h } } }
    slos: [{ name: a, objective: 0.99 }, { name: b, objective: 0.99 }]
    budgets: [{ name: a, usd: 1, period: daily }, { name: a, usd: 5, period: weekly }]`;
  const records = rulesOf(yaml).flatMap((rule) => (isAlert(rule) ? [] : [rule]));
  const series = records.map(({ record, labels }) => JSON.stringify([record, labels]));
  expect(new Set(series).size).toBe(series.length);
});

test('every record is named level:metric:operations', () => {
  const yaml = `
    slos: [{ name: a, objective: 0.99, latencyUnder: 1s }]
    budgets: [{ name: a, usd: 1, period: monthly }]`;
  const records = rulesOf(yaml).flatMap((rule) => (isAlert(rule) ? [] : [rule.record]));
  expect(records.filter((name) => !/^[a-z_]+:ai_[a-z_]+:[a-z0-9_]+$/.test(name))).toEqual([]);
});

describe('thresholds of an operation and of an application', () => {
  const yaml = `
    thresholds:
      operations: { embeddings: { latencyP95: { warning: 1s } } }
      attribution: { app: { web: { errorRatio: { warning: 0.01, critical: null } } } }`;

  test('are held besides those of the models, by that label too', () => {
    expect(alertsOf(yaml, 'AIErrorRatioHigh').map(({ labels, expr }) => [labels, expr.split('\n')[0]])).toEqual([
      [{ severity: 'warning' }, 'provider_model:ai_errors_per_requests:ratio_rate5m > 0.05'],
      [{ severity: 'critical' }, 'provider_model:ai_errors_per_requests:ratio_rate5m > 0.2'],
      [{ severity: 'warning', app: 'web' }, 'provider_model_app:ai_errors_per_requests:ratio_rate5m{app="web"} > 0.01'],
    ]);
  });

  test('are made only for what is named', () => {
    expect(alertsOf(yaml, 'AICostPerHourHigh').map(({ labels }) => labels)).toEqual([
      { severity: 'warning' },
      { severity: 'critical' },
    ]);
  });
});

test('alerts link to the Grafana and the runbooks of promptmeter.yaml, narrowed to their model', () => {
  const [alert] = alertsOf(
    'links: { grafana: "https://grafana.example/", runbooks: "https://wiki.example/ai" }',
    'AIErrorRatioHigh',
  );
  expect(alert?.annotations).toMatchObject({
    runbook_url: 'https://wiki.example/ai/AIErrorRatioHigh.md',
    dashboard_url:
      'https://grafana.example/d/promptmeter-overview?var-provider={{ $labels.provider | urlquery }}&var-model={{ $labels.model | urlquery }}',
  });
});
