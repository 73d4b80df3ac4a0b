import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { estimate } from './estimate.js';
import { boards } from './boards.js';
import { gateway } from './gateway/gateway.js';
import { play } from './gateway/roles.js';
import { playCaller } from './inProcess/Caller.js';
import { inProcess } from './inProcess/inProcess.js';
import { memory } from './memory.js';
import { originText, renewed, sectionText } from './report.js';
import { scrape } from './scrape.js';
import type { Section } from './Section.js';
import { start } from './start.js';
import { streams } from './streams/streams.js';

/** Each runs in a process of its own, so that none finds the heap of another. `effort` 1 is the usual one. */
const SECTIONS: Readonly<Record<string, (effort: number) => Promise<Section | readonly Section[]>>> = {
  'in-process': (effort) => inProcess(Math.ceil(5 * effort)),
  scrape: (effort) => scrape(Math.ceil(30 * effort)),
  memory: (effort) => memory(values.calls === undefined ? Math.ceil(200_000 * effort) : Number(values.calls)),
  start: (effort) => start(Math.ceil(10 * effort)),
  gateway: (effort) => gateway(effort),
  streams: (effort) => streams(Math.ceil(1000 * effort)),
  boards: (effort) => boards(Math.ceil(7 * effort), Math.ceil(7 * effort)),
  estimate: () => estimate(),
};

const REPORT = 'docs/performance.md';
const HELP = `npm run bench [-- OPTIONS] [SECTION...]

Sections: ${Object.keys(SECTIONS).join(', ')}; all when none is named.
  --peers     install the other instrumentations first (70 MB into benchmarks/peers), to measure them in the same run
  --quick     a tenth of the rounds
  --calls N   calls of the section on memory (200000; a million take about six minutes)
  --write     write the sections into ${REPORT}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    calls: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    section: { type: 'string' },
    role: { type: 'string' },
    upstream: { type: 'string' },
    variant: { type: 'string' },
  },
});

if (values.help) process.stdout.write(HELP);
else if (values.role !== undefined) await play(values.role, values.upstream ?? '');
else if (values.variant !== undefined) playCaller(values.variant);
else if (values.section !== undefined) process.stdout.write(await run(values.section));
else all();

async function run(name: string): Promise<string> {
  const section = SECTIONS[name];
  if (section === undefined) throw new Error(`there is no section ${name}; npm run bench -- --help names them`);
  const sections = [await section(values.quick ? 0.1 : 1)].flat();
  return sections.map(sectionText).join('\n');
}

function all(): void {
  if (values.peers) installPeers();
  const names = positionals.length > 0 ? positionals : Object.keys(SECTIONS);
  const texts: string[] = [];
  for (const name of names) {
    process.stderr.write(`bench: ${name} ...\n`);
    const text = child([
      ...process.execArgv,
      process.argv[1] ?? '',
      '--section',
      name,
      ...(values.quick ? ['--quick'] : []),
      ...(values.calls === undefined ? [] : ['--calls', values.calls]),
    ]);
    process.stdout.write(`\n${text}`);
    texts.push(text);
  }
  if (!values.write) return;
  const known = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  writeFileSync(REPORT, renewed(known, texts.join('\n'), originText(command)));
  process.stderr.write(`bench: wrote ${REPORT}\n`);
}

function child(args: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

function installPeers(): void {
  if (existsSync('benchmarks/peers/node_modules')) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: 'benchmarks/peers',
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
