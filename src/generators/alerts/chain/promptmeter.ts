import { METRICS } from '../../../metrics/catalogue.js';
import type { PlainAlert } from '../plainAlert.js';
import { countedTrouble } from './countedTrouble.js';

/** What Promptmeter tells of itself. */
export const OWN_TROUBLE: readonly PlainAlert[] = [
  countedTrouble({
    alert: 'PromptmeterLabelOverflow',
    severity: 'warning',
    metric: METRICS.labelOverflow.name,
    labels: { label: 'model' },
    window: '15m',
    summary: ({ label }) => `The label ${label('label')} is full`,
    description: ({ label }) =>
      `More values of ${label('label')} came than limits: in promptmeter.yaml allows. New ones are counted as "other": sums stay right, but nobody sees whose they are.`,
    firesWhen: 'values of a label were counted as "other" in the last 15m',
  }),
  countedTrouble({
    alert: 'PromptmeterReporterErrors',
    severity: 'warning',
    metric: METRICS.reporterErrors.name,
    labels: { reason: 'threw', instance: 'exporter:9464' },
    window: '15m',
    summary: ({ label }) => `Measurements at ${label('instance')} get lost: a reporter ${label('reason')}`,
    description: ({ label }) =>
      `A metrics reporter at ${label('instance')} failed in the last 15m (${label('reason')}). The measured calls are not affected; what they were is not counted.`,
    firesWhen: 'a reporter threw, rejected or was slow in the last 15m',
  }),
  countedTrouble({
    alert: 'PromptmeterScrapeErrors',
    severity: 'warning',
    metric: METRICS.scrapeErrors.name,
    labels: { instance: 'exporter:9464' },
    window: '15m',
    summary: ({ label }) => `/metrics at ${label('instance')} fails`,
    description: ({ label }) =>
      `Scrapes of ${label('instance')} failed in the last 15m. Until the next good one, Prometheus knows nothing new.`,
    firesWhen: 'a scrape of /metrics failed in the last 15m',
  }),
];
