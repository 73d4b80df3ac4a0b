import type { Config } from '../../config/Config.js';
import { METRICS } from '../../metrics/catalogue.js';
import type { MetricSpec } from '../../metrics/spec.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { code, MARKDOWN_BANNER, markdownTable } from './markdown.js';

const SPECS: readonly MetricSpec[] = Object.values(METRICS);

/** docs/metrics.md, and the shorter table of the README. */
export function metricsDocs({ attributionLabels }: Config): readonly GeneratedFile[] {
  return [
    { path: 'docs/metrics.md', content: `${MARKDOWN_BANNER}\n${page(attributionLabels)}` },
    {
      path: 'README.md',
      section: 'metrics',
      content: markdownTable(
        ['Metric', 'Type', 'What it tells'],
        SPECS.map(({ name, type, help }) => [code(name), type, help]),
      ),
    },
  ];
}

function page(attributionLabels: readonly string[]): string {
  return `# Metrics

Every metric that Promptmeter exports, from \`src/metrics/catalogue.ts\`. The reporter registers them from there, and
dashboards and alerts take their names from there.

Labels in italics are the attribution labels of \`promptmeter.yaml\`; a call that names none has the empty value. Every
label is a closed set or is capped: values beyond the cap are counted as \`other\`, and
\`${METRICS.labelOverflow.name}\` says how many.

${markdownTable(
  ['Metric', 'Type', 'Labels', 'What it tells'],
  SPECS.map((spec) => [code(spec.name), spec.type, labelsOf(spec, attributionLabels), spec.help]),
)}
## Buckets

Upper bounds of the histograms, in each metric's own unit. A quantile beyond the last bound is shown as that bound.

${markdownTable(
  ['Histogram', 'Bounds'],
  SPECS.flatMap(({ name, buckets }) => (buckets === undefined ? [] : [[code(name), buckets.join(', ')]])),
)}`;
}

function labelsOf({ labels, attribution }: MetricSpec, attributionLabels: readonly string[]): string {
  const own = labels.map(code);
  return [...own, ...(attribution === true ? attributionLabels.map((label) => `*${label}*`) : [])].join(', ');
}
