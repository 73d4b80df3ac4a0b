import { loadConfig } from '../../../src/config/loadConfig.js';
import { isConfigurationError } from '../../../src/errors.js';
import { configOf } from '../../helpers/configOf.js';
import { problemsOf } from '../../helpers/problemsOf.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';

const TEAM = '{ name: team, slack: { url: { env: SLACK_URL }, channel: "#ai" } }';
const told = (receiver: string) => `receivers: [${receiver}]\nrouting: { warning: [team] }`;

test('without receivers nobody but the exporter is told', () => {
  expect(configOf()).toMatchObject({
    receivers: [],
    routing: { bySeverity: { critical: [], warning: [], info: [] }, routes: [], watchdog: undefined, mute: [] },
  });
});

test('mute times fill in every day, the whole day and UTC', () => {
  const { mute } = configOf('routing: { mute: [{ name: nights, severities: [warning] }] }').routing;
  expect(mute).toEqual([{ name: 'nights', severities: ['warning'], days: [], times: [], timezone: 'UTC' }]);
});

describe('is refused', () => {
  test.each([
    [
      'a receiver that is not there',
      `receivers: [${TEAM}]\nrouting: { critical: [tam], warning: [team] }`,
      'routing.critical[0]: there is no receiver tam; did you mean team?',
    ],
    [
      'a receiver that is not there, when there is none at all',
      'routing: { watchdog: pager }',
      'routing.watchdog: there is no receiver pager; name it under receivers',
    ],
    [
      'a receiver that nothing goes to',
      `receivers: [${TEAM}]`,
      'receivers: nothing goes to team; name it under routing.critical, warning, info, watchdog or routes',
    ],
    [
      'two receivers of one name',
      `receivers: [${TEAM}, ${TEAM}]\nrouting: { warning: [team] }`,
      'receivers: team is named more than once; keep one',
    ],
    [
      'a receiver of two kinds',
      told('{ name: team, slack: { url: { env: A } }, discord: { url: { env: B } } }'),
      'receivers[0]: found a map; a receiver has one kind: slack, email, pagerduty, opsgenie, teams, discord or webhook',
    ],
    [
      'a secret in the file, without showing it',
      told('{ name: team, pagerduty: { routingKey: 0123456789abcdef } }'),
      'receivers[0].pagerduty.routingKey: found something else; a secret never stands in this file; write { env: NAME } or { file: /path }',
    ],
    [
      'a mail server without a port',
      told('{ name: team, email: { to: a@b.c, from: a@b.c, server: mail } }'),
      'receivers[0].email.server: found "mail"; a host and a port such as smtp.example.com:587 are allowed',
    ],
    [
      'times that end before they begin',
      'routing: { mute: [{ name: nights, severities: [info], times: ["22:00-06:00"] }] }',
      'routing.mute[0].times[0]: 22:00-06:00 ends before it begins; write 22:00-24:00 and 00:00-06:00',
    ],
    [
      'a time zone that is none',
      'routing: { mute: [{ name: nights, severities: [info], timezone: Mars/North }] }',
      'routing.mute[0].timezone: found "Mars/North"; a time zone such as Europe/Berlin or UTC is allowed',
    ],
    [
      'a repetition faster than groups are told',
      'routing: { groupInterval: 5m, repeatInterval: 1m }',
      'routing.repeatInterval: it is shorter than groupInterval (5m), at which alerts are told at most; lengthen it',
    ],
  ])('%s', (_what, yaml, problem) => {
    const problems = problemsOf(yaml).filter(
      (each) => !each.startsWith('receivers: nothing') || yaml.includes(`[${TEAM}]`),
    );
    expect(problems).toContain(problem);
  });
});

describe('a secret that is missing', () => {
  const problems = (yaml: string, env: Record<string, string>, withSecrets = true) => {
    const folder = temporaryFolder();
    try {
      folder.write('promptmeter.yaml', yaml);
      loadConfig({ env, cwd: folder.path, withSecrets });
      return [];
    } catch (error) {
      if (!isConfigurationError(error)) throw error;
      return error.problems.map(({ path, message }) => `${path}: ${message}`);
    } finally {
      folder.remove();
    }
  };
  const file = told('{ name: team, webhook: { url: { file: /nowhere/url } } }');

  test('in the environment is named with all other problems', () => {
    expect(problems(`${told(TEAM)}\nlimits: { models: 0 }`, {})).toEqual([
      'limits.models: found 0; a number from 1 is allowed',
      'receivers[0].slack.url: the environment has no SLACK_URL; set it to the secret',
    ]);
  });

  test('as a file is named', () => {
    expect(problems(file, {})).toEqual([
      "receivers[0].webhook.url: the file /nowhere/url can't be read here; put the secret there",
    ]);
  });

  test('is none when it is there, or when nobody sends alerts', () => {
    expect(problems(told(TEAM), { SLACK_URL: 'https://hooks.example/x' })).toEqual([]);
    expect(problems(file, {}, false)).toEqual([]);
  });
});
