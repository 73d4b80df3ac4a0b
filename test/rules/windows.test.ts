import { dump } from 'js-yaml';
import { generateFiles } from '../../src/generators/index.js';
import { configOf } from '../helpers/configOf.js';
import { outputOf } from '../helpers/runProgram.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const GROUPS = ['inputs', 'inputs-long'];
const series = (instance: string, status: string, values: string) => ({
  series: `ai_request_duration_ms_count{provider="p", model="m", operation="chat", status="${status}", instance="${instance}"}`,
  values,
});

/** Four hours, a sample every half minute: a process that is restarted, one that comes late and one that goes. */
const CALLS = [
  series('a', 'success', '0+7x200 3+11x100 0+5x179'),
  series('a', 'error', '0+1x200 0+2x100 1+1x179'),
  series('late', 'success_stream', '_x250 0+13x229'),
  series('gone', 'aborted', '0+3x310 stale'),
];
const MINUTES = [100, 125, 127, 155, 158, 200, 239];

test.each(['5m', '10m', '15m', '45m', '1h', '2h', '7m', '25h'])(
  'calls in %s, put together from pieces, are what the series themselves tell',
  async (window) => {
    const yaml = `thresholds: { defaults: { abortedRatio: { window: ${window} } } }`;
    for (const { path, content } of generateFiles(configOf(yaml))) folder.write(path, content);
    const said = `provider_model:ai_requests:increase${window}`;
    const told = `sum by (provider, model) (increase(ai_request_duration_ms_count[${window}]))`;
    folder.write(
      'test.yml',
      dump({
        rule_files: GROUPS.map((name) => `alerts/${name}.yml`),
        group_eval_order: GROUPS.map((name) => `promptmeter-${name}`),
        evaluation_interval: '30s',
        tests: [
          {
            interval: '30s',
            input_series: CALLS,
            promql_expr_test: MINUTES.map((minute) => ({
              // Where a series begins or ends inside a piece, its edge is guessed anew: 3 % are allowed for that.
              expr: `abs(${said} / ${told} - 1) < bool 0.03`,
              eval_time: `${minute}m`,
              exp_samples: [{ labels: '{provider="p", model="m"}', value: 1 }],
            })),
          },
        ],
      }),
    );
    expect(await outputOf('promtool', ['test', 'rules', `${folder.path}/test.yml`])).not.toContain('FAILED');
  },
  60_000,
);
