import type { Receiver } from '../../config/Config.js';
import { MESSAGES } from './messages.js';

/** Where a secret lies for Alertmanager, which reads no environment: always a file. */
export type SecretFile = (secret: { readonly env: string } | { readonly file: string }) => string;

/** The lists of a receiver in alertmanager.yml, by their keys there. */
export type Integrations = Readonly<Record<string, readonly object[]>>;

const OPSGENIE = { us: 'https://api.opsgenie.com/', eu: 'https://api.eu.opsgenie.com/' };

/** How one receiver of promptmeter.yaml is told. Also told when it is over. */
export function integrationsOf(receiver: Receiver, secretFile: SecretFile): Integrations {
  const { slack, email, pagerduty, opsgenie, teams, discord, webhook } = receiver;
  const { title, text } = MESSAGES;
  const told = { send_resolved: true };
  return {
    ...(slack && {
      slack_configs: [
        {
          ...told,
          api_url_file: secretFile(slack.url),
          ...(slack.channel !== undefined && { channel: slack.channel }),
          color: MESSAGES.colour,
          title,
          title_link: MESSAGES.dashboard,
          text,
          fallback: title,
        },
      ],
    }),
    ...(email && {
      email_configs: [
        {
          ...told,
          to: email.to,
          from: email.from,
          smarthost: email.server,
          require_tls: email.tls ?? true,
          ...(email.user !== undefined && { auth_username: email.user }),
          ...(email.password !== undefined && { auth_password_file: secretFile(email.password) }),
          headers: { Subject: title },
          html: '',
          text,
        },
      ],
    }),
    ...(pagerduty && {
      pagerduty_configs: [
        {
          ...told,
          routing_key_file: secretFile(pagerduty.routingKey),
          description: title,
          severity: MESSAGES.pagerdutySeverity,
          links: [
            { href: MESSAGES.runbook, text: 'What to do' },
            { href: MESSAGES.dashboard, text: 'Dashboard' },
          ],
        },
      ],
    }),
    ...(opsgenie && {
      opsgenie_configs: [
        {
          ...told,
          api_key_file: secretFile(opsgenie.apiKey),
          api_url: OPSGENIE[opsgenie.region ?? 'us'],
          message: title,
          description: text,
          priority: MESSAGES.opsgeniePriority,
        },
      ],
    }),
    ...(teams && { msteamsv2_configs: [{ ...told, webhook_url_file: secretFile(teams.url), title, text }] }),
    ...(discord && { discord_configs: [{ ...told, webhook_url_file: secretFile(discord.url), title, message: text }] }),
    ...(webhook && { webhook_configs: [{ ...told, url_file: secretFile(webhook.url) }] }),
  };
}

/** Several receivers told as one. */
export function together(all: readonly Integrations[]): Integrations {
  const merged: Record<string, readonly object[]> = {};
  for (const integrations of all) {
    for (const [key, list] of Object.entries(integrations)) merged[key] = [...(merged[key] ?? []), ...list];
  }
  return merged;
}
