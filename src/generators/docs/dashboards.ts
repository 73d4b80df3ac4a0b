import type { Dashboard } from '../dashboards/dashboard.js';
import { layout } from '../dashboards/layout.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { code, MARKDOWN_BANNER, markdownTable } from './markdown.js';

/** docs/dashboards.md: every board with its question, and every panel with what it says and what to do. */
export function dashboardsDoc(boards: readonly Dashboard[]): GeneratedFile {
  const overview = markdownTable(
    ['Dashboard', 'Question', 'File'],
    boards.map((board) => [
      `[${board.title}](#${anchor(board.title)})`,
      questionOf(board),
      `[${board.name}.json](../dashboards/${board.name}.json)`,
    ]),
  );
  const sections = boards.map(
    (board) => `\n## ${board.title}\n\n${board.description}\n\n${picture(board)}\n\n${panels(board)}`,
  );
  return {
    path: 'docs/dashboards.md',
    content: `${MARKDOWN_BANNER}\n${INTRODUCTION}\n${overview}${sections.join('')}`,
  };
}

/** A description begins with the question that its board answers. */
function questionOf({ description }: Dashboard): string {
  return description.slice(0, description.indexOf('?') + 1);
}

/** Drawn by `npm run pictures`. */
function picture({ name, title }: Dashboard): string {
  return `![${title}, drawn by promptmeter preview from simulated traffic](images/${name}.png)`;
}

function panels({ rows }: Dashboard): string {
  return markdownTable(
    ['Panel', 'What it shows, and what to do when it looks bad'],
    layout(rows).map(({ title = '', description = '' }) => [title, description]),
  );
}

/** As GitHub makes it of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

const INTRODUCTION = `# Dashboards

One board for each question. They lead to each other, and keep the time and what is chosen; a number in a table leads to
the board that explains it. All come from \`src/generators/dashboards\`: change them there, or the thresholds, budgets and
objectives that they draw in \`promptmeter.yaml\`, and run \`npm run generate\`.

- **Grafana** loads them from \`dashboards/\` (\`grafana/provisioning\`), from Kubernetes ConfigMaps
  (${code('promptmeter generate --target kubernetes')}) or by its API (${code('promptmeter push grafana')}).
- **Without Grafana** ${code('promptmeter preview')} draws the same files in a browser.
- **Many replicas and restarts** change nothing: counters go through \`rate\` or \`increase\` before they are added up.
- **Deployments** are marked on every graph by ${code('promptmeter annotate "deploy 1.4"')}, firing alerts by themselves.
- **Variables** narrow every panel by what its metric carries: latency knows no application, limits know only models.
- **Links to a panel** last: its number is made of its title, so that another panel does not change it.
- **Exemplars** are the marks in the graphs of latency: single calls, where callers send a \`traceparent\`. With
  \`links.traces\` in \`promptmeter.yaml\` a click on one leads to its trace.
- **Fast**: ${code('npm run bench -- boards')} measures the preview over a week of data at 15 s, and how long generating takes.
`;
