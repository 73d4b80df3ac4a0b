import type { Config, Severity } from '../../config/Config.js';
import { METRICS } from '../../metrics/catalogue.js';
import type { AlertAnnotations, AlertGroup, AlertRule, Expectation, RuleTest } from './AlertGroup.js';
import { dashboardUrl, runbookUrl } from './links.js';

/** Job name of the exporters in prometheus.yml. */
export const SCRAPE_JOB = 'promptmeter';
export const TARGET_DOWN = 'PromptmeterTargetDown';
const WAIT = '1m';
const INSTANCE = 'exporter:9464';

/** One exporter that can't be scraped is a warning; when nothing reports at all, every other alert is blind. */
export function targetsGroup(config: Config): AlertGroup {
  return {
    name: 'targets',
    records: [],
    alerts: [oneDown(config), allDown(config)],
    tests: [testOneDown(config), testAllDown(config)],
  };
}

function rule(severity: Severity, expr: string, firesWhen: string, annotations: AlertAnnotations): AlertRule {
  return { alert: TARGET_DOWN, expr, for: WAIT, labels: { severity }, annotations, words: { firesWhen, minimum: '' } };
}

function oneDown(config: Config): AlertRule {
  return rule(
    'warning',
    `up{job="${SCRAPE_JOB}"} == 0`,
    'Prometheus cannot scrape one exporter',
    annotationsOfOne(config, '{{ $labels.instance }}'),
  );
}

/** Asks for a metric of ours and not for `up`, so that it also holds for applications under job names of their own. */
function allDown(config: Config): AlertRule {
  return rule(
    'critical',
    `absent(${METRICS.buildInfo.name})`,
    'no exporter and no application reports any metric',
    annotationsOfAll(config),
  );
}

function annotationsOfOne(config: Config, instance: string): AlertAnnotations {
  return {
    summary: `Promptmeter at ${instance} can't be scraped`,
    description: `Prometheus has got no metrics from ${instance} for ${WAIT}. Calls through it are not measured, and no alert fires for them.`,
    ...links(config),
  };
}

function annotationsOfAll(config: Config): AlertAnnotations {
  return {
    summary: 'Promptmeter reports nothing',
    description: `Prometheus has got no metrics from any exporter for ${WAIT}. No call is measured, and no other alert can fire.`,
    ...links(config),
  };
}

function links(config: Config): Pick<AlertAnnotations, 'runbook_url' | 'dashboard_url'> {
  return { runbook_url: runbookUrl(config, TARGET_DOWN), dashboard_url: dashboardUrl(config) };
}

function testOneDown(config: Config): RuleTest {
  const up = (instance: string) => `up{job="${SCRAPE_JOB}", instance="${instance}"}`;
  const alert = {
    exp_labels: { severity: 'warning', job: SCRAPE_JOB, instance: INSTANCE },
    exp_annotations: annotationsOfOne(config, INSTANCE),
  };
  return {
    name: `${TARGET_DOWN} warning names the exporter that is down and resolves`,
    interval: 15,
    input_series: [
      { series: up(INSTANCE), values: '1x4 0x8 1x8' },
      { series: up('other:9464'), values: '1x22' },
      { series: METRICS.buildInfo.name, values: '1x22' },
    ],
    alert_rule_test: [expect('1m', []), expect('2m', []), expect('3m', [alert]), expect('4m', [])],
  };
}

function testAllDown(config: Config): RuleTest {
  const alert = { exp_labels: { severity: 'critical' }, exp_annotations: annotationsOfAll(config) };
  return {
    name: `${TARGET_DOWN} critical fires when nothing reports and resolves`,
    interval: 15,
    input_series: [{ series: METRICS.buildInfo.name, values: '1x4 stale _x8 1x8' }],
    alert_rule_test: [expect('1m', []), expect('2m', []), expect('3m', [alert]), expect('4m', [])],
  };
}

function expect(eval_time: string, exp_alerts: Expectation['exp_alerts']): Expectation {
  return { eval_time, alertname: TARGET_DOWN, exp_alerts };
}
