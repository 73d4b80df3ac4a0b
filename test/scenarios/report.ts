import { markdownTable } from '../../src/generators/docs/markdown.js';
import type { Fired } from './detect.js';
import { minutesTo, spreadOf, type Outcome, type Score } from './score.js';

/** The run as it stands in docs/alerts.md. */
export function reportOf(days: number, score: Score): string {
  return [INTRODUCTION(days, score), summary(score), incidents(score), falseAlarms(score)].join('\n');
}

const INTRODUCTION = (days: number, { outcomes }: Score) =>
  `Written by \`npm run scenarios\`: ${days} simulated days in promtool's time with a daily rhythm, quiet nights and
weekends, a release every third day, 0.4 % of failures at any time, and ${outcomes.length} incidents. The rules are those
of the committed \`promptmeter.yaml\`, evaluated every minute (live: every 5 seconds), so times are whole minutes. An alert
counts as right when it begins in the time of an incident, or up to 15 minutes after it, and is about its kind.
`;

function summary({ outcomes, right, wrong }: Score): string {
  const row = (what: string, severities: readonly string[], of: (outcome: Outcome) => Fired | undefined) => {
    const own = (fired: readonly Fired[]) => fired.filter(({ severity }) => severities.includes(severity)).length;
    const found = outcomes.flatMap((outcome) => {
      const fired = of(outcome);
      return fired === undefined ? [] : [minutesTo(outcome.incident, fired)];
    });
    const { median, worst } = spreadOf(found);
    const all = own(right) + own(wrong);
    return [
      what,
      `${own(right)} of ${all} (${percent(own(right) / all)})`,
      `${found.length} of ${outcomes.length} (${percent(found.length / outcomes.length)})`,
      `${median} min`,
      `${worst} min`,
    ];
  };
  return markdownTable(
    ['', 'Precision: alerts that were right', 'Recall: incidents told of', 'Time to detect, median', 'longest'],
    [
      row('Pages and tickets', ['critical', 'warning'], ({ first }) => first),
      row('Pages', ['critical'], ({ page }) => page),
    ],
  );
}

function incidents({ outcomes }: Score): string {
  return markdownTable(
    ['Incident', 'Begins', 'Lasts', 'First told by', 'After', 'Pages after'],
    outcomes.map(({ incident, first, page }) => [
      incident.what,
      clock(incident.start),
      `${incident.minutes} min`,
      first?.alert ?? 'nobody',
      first === undefined ? '' : `${minutesTo(incident, first)} min`,
      page === undefined ? '' : `${minutesTo(incident, page)} min`,
    ]),
  );
}

function falseAlarms({ wrong }: Score): string {
  if (wrong.length === 0) return 'No false alarm.\n';
  const rows = wrong.map(({ alert, severity, model, minute }) => [alert, severity, model, clock(minute)]);
  return markdownTable(['False alarm', 'Severity', 'Model', 'At'], rows);
}

function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = Math.floor(minute / 1440);
  return `day ${day}, ${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
