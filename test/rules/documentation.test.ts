import { existsSync } from 'node:fs';
import { METRICS } from '../../src/metrics/catalogue.js';
import { committedDashboards } from '../helpers/dashboards.js';
import { committed, committedIn, ROOT } from '../helpers/repository.js';
import { committedRules, isAlert } from '../helpers/rules.js';

const alerts = committedRules().filter(isAlert);
const names = [...new Set(alerts.map(({ alert }) => alert))].sort();
const cells = committed('docs/alerts.md').matchAll(/^\| `(\w+)` \| (\w+) \|/gm);

test('docs/alerts.md has one row for each alert and severity, and no other', () => {
  const rows = [...cells].map(([, alert, severity]) => `${alert} ${severity}`);
  expect(rows.sort()).toEqual(alerts.map(({ alert, labels }) => `${alert} ${labels['severity']}`).sort());
});

test('each alert has a runbook, and each runbook an alert', () => {
  expect(committedIn('docs/runbooks', '.md')).toEqual(names.map((name) => `docs/runbooks/${name}.md`));
});

test.each(names)(
  'the runbook of %s says what it means, its impact, how to look, what to do, when it is wrong',
  (name) => {
    const text = committed(`docs/runbooks/${name}.md`);
    expect(text).toMatch(new RegExp(`^# ${name}\n`));
    for (const part of ['**Meaning.**', '**Impact.**', '## How to look', '## What to do', '## When it is wrong']) {
      expect(text).toContain(part);
    }
  },
);

test.each(alerts)('$alert ($labels.severity) links to its runbook and to a dashboard', ({ alert, annotations }) => {
  expect(annotations['runbook_url']).toMatch(new RegExp(`/runbooks/${alert}\\.md$`));
  expect(annotations['dashboard_url']).toContain('/d/promptmeter-');
  expect(annotations['summary']).not.toBe('');
  expect(annotations['description']).toMatch(/\.$/);
});

test.each(['docs/metrics.md', 'README.md'])('%s has every metric of the catalogue, and no other', (page) => {
  const listed = [...committed(page).matchAll(/^\| `(\w+)` \| (?:counter|gauge|histogram) \|/gm)].map(
    ([, name]) => name,
  );
  expect(listed).toEqual(Object.values(METRICS).map(({ name }) => name));
});

test('docs/dashboards.md has every panel of every board under the board that it is on', () => {
  const page = committed('docs/dashboards.md');
  for (const { title, description, panels } of committedDashboards()) {
    const section = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    expect(section).toContain(description);
    for (const panel of panels) expect(section).toContain(`| ${panel.title} | ${panel.description} |`);
    expect(section.match(/^\| /gm)).toHaveLength(panels.length + 2);
  }
});

test.each(['docs/dashboards.md', 'docs/alerts.md', ...committedIn('docs/runbooks', '.md')])(
  'the links of %s lead somewhere',
  (page) => {
    const folder = page.slice(0, page.lastIndexOf('/'));
    const links = [...committed(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => `${folder}/${link}`);
    expect(links.filter((link) => !existsSync(`${ROOT}/${link}`))).toEqual([]);
  },
);
