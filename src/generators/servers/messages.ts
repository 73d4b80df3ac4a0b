/** Alertmanager's templates of what people read. https://prometheus.io/docs/alerting/latest/notifications/ (November 2026) */
export const MESSAGES = {
  /** What it is, in one line: `CRITICAL: gpt-4o fails: more than 20% of the calls end in an error`. */
  title:
    '{{ if eq .Status "firing" }}{{ or .CommonLabels.severity "alert" | toUpper }}{{ else }}RESOLVED{{ end }}: ' +
    '{{ if .CommonAnnotations.summary }}{{ .CommonAnnotations.summary }}' +
    '{{ else }}{{ .GroupLabels.alertname }} ({{ len .Alerts }} alerts){{ end }}',
  /** Each alert: what it is, since when, and where to go. */
  text:
    '{{ range $index, $alert := .Alerts }}{{ if $index }}\n\n{{ end }}{{ .Annotations.description }}\n' +
    '{{ if eq .Status "firing" }}Since {{ .StartsAt.UTC.Format "2 Jan 15:04 UTC" }}.' +
    '{{ else }}From {{ .StartsAt.UTC.Format "2 Jan 15:04" }} to {{ .EndsAt.UTC.Format "2 Jan 15:04 UTC" }}.{{ end }}\n' +
    'What to do: {{ .Annotations.runbook_url }}\n' +
    'Dashboard: {{ .Annotations.dashboard_url }}{{ end }}',
  runbook: '{{ (index .Alerts 0).Annotations.runbook_url }}',
  dashboard: '{{ (index .Alerts 0).Annotations.dashboard_url }}',
  colour:
    '{{ if ne .Status "firing" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
  /** PagerDuty knows critical, error, warning and info. */
  pagerdutySeverity: '{{ if .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}',
  opsgeniePriority:
    '{{ if eq .CommonLabels.severity "critical" }}P1{{ else if eq .CommonLabels.severity "warning" }}P3{{ else }}P5{{ end }}',
} as const;
