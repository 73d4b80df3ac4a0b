import { TARGET_DOWN } from '../alerts/targets.js';
import { toYaml } from '../yaml.js';

const RECEIVER = 'promptmeter';

const NOTES = [
  'group_wait and group_interval are short, so that whoever tries an incident sees it come and go within seconds;',
  'a team that is paged may want 30s and 5m. A critical alert silences the warning of the same name, API and model;',
  'when nothing reports at all, alerts on old numbers are silenced.',
];

/** alertmanager.yml, for Alertmanager 0.25 and newer. Every alert goes to one webhook. */
export function alertmanagerConfig({ webhookUrl }: { readonly webhookUrl: string }): string {
  return toYaml(
    {
      route: {
        receiver: RECEIVER,
        group_by: ['alertname', 'model'],
        group_wait: '10s',
        group_interval: '30s',
        repeat_interval: '4h',
      },
      receivers: [{ name: RECEIVER, webhook_configs: [{ url: webhookUrl, send_resolved: true }] }],
      inhibit_rules: [
        {
          source_matchers: ['severity="critical"'],
          target_matchers: ['severity="warning"'],
          equal: ['alertname', 'provider', 'model'],
        },
        {
          source_matchers: [`alertname="${TARGET_DOWN}"`, 'severity="critical"'],
          target_matchers: ['alertname=~"AI.+"'],
        },
      ],
    },
    NOTES,
  );
}
