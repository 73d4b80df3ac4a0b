import type { AlertGroup } from '../alerts/AlertGroup.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { code, MARKDOWN_BANNER, markdownTable } from './markdown.js';

/** docs/alerts.md: every alert that `alerts/` holds. */
export function alertsDoc(groups: readonly AlertGroup[]): GeneratedFile {
  const rows = groups.flatMap(({ name, alerts }) =>
    alerts.map(({ alert, labels, words, for: wait }) => [
      code(alert),
      labels.severity,
      words.firesWhen,
      wait,
      words.minimum,
      `[${alert}](runbooks/${alert}.md)`,
      `[${name}.yml](../alerts/${name}.yml)`,
    ]),
  );
  return {
    path: 'docs/alerts.md',
    content: `${MARKDOWN_BANNER}\n${INTRODUCTION}\n${table(rows)}${MEASURED.map(measured).join('')}`,
    keeps: MEASURED.map(({ section }) => section),
  };
}

function table(rows: readonly (readonly string[])[]): string {
  return markdownTable(['Alert', 'Severity', 'Fires when', 'For', 'Minimum traffic', 'What to do', 'Rules'], rows);
}

/** What other commands measure and write into the page. */
const MEASURED = [
  { section: 'scenarios', title: 'How well they do', command: 'npm run scenarios' },
  { section: 'evaluation-3', title: 'What they cost Prometheus 3', command: 'npm run bench:rules -- --write' },
  { section: 'evaluation-2', title: 'What they cost Prometheus 2', command: 'npm run bench:rules -- --write' },
] as const;

function measured({ section, title, command }: (typeof MEASURED)[number]): string {
  const marks = [`<!-- generated:${section} -->`, `<!-- /generated:${section} -->`];
  return `\n## ${title}\n\n${marks.join(`\nNot measured yet: \`${command}\` does.\n`)}\n`;
}

const INTRODUCTION = `# Alerts

Thresholds are held per API and model. They come from \`thresholds:\` in \`promptmeter.yaml\`: defaults, and overrides per
model. A bound that is \`null\` makes no alert. After a change run \`npm run generate\` and commit what it writes.

- **Aborted calls are not errors.** Who breaks off a call says nothing of the API, so aborted calls count neither as
  failed nor as calls. They have a status of their own in \`ai_requests_total\`.
- **Latency is that of successful calls.** Quick refusals would make an outage look fast; failures have their own alert.
- **Too little traffic keeps silent.** Below the minimum an alert does not fire: one error in two calls is no outage.
- **Critical silences warning** of the same alert, API and model, in \`alertmanager/alertmanager.yml\`.
- **A new stack is not all incident.** Where a long window of an objective is not full yet, the time without data counts
  as time of as many calls, all of them good. Once it is full, windows, factors and bounds are those of sloth.
- **When nothing reports**, ${code('PromptmeterTargetDown')} silences the alerts on calls, which would rest on old numbers.
- **Every series is read once.** \`alerts/inputs.yml\` records what five minutes came to, and longer windows are put together
  from such pieces end to end, which gives the increase over the whole window. How many calls there were is read from the
  histogram of their durations, which counts each of them and has no attribution labels, so a fraction of the series.
  Percentiles over up to ten minutes read the buckets themselves. So what rules cost grows little with their number, and no window has to warm up.
- Each alert is unit-tested in \`alerts/tests/\`: it fires after its time, not just below the threshold, not with too
  little traffic, and it resolves.
`;
