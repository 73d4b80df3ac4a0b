import { load } from 'js-yaml';
import { z } from 'zod';
import { committed, committedIn } from './repository.js';

const recording = z.strictObject({
  record: z.string(),
  expr: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
});
const alert = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string(),
  keep_firing_for: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
});
const ruleFile = z.strictObject({
  groups: z.array(
    z.strictObject({ name: z.string(), interval: z.string().optional(), rules: z.array(z.union([recording, alert])) }),
  ),
});

export type Recording = z.infer<typeof recording>;
export type Alert = z.infer<typeof alert>;
export type Rule = Recording | Alert;

export function parseRules(yaml: string): Rule[] {
  return ruleFile.parse(load(yaml)).groups.flatMap(({ rules }) => rules);
}

export function isAlert(rule: Rule): rule is Alert {
  return 'alert' in rule;
}

/** Paths of the rule files that Prometheus loads. */
export function ruleFilePaths(): string[] {
  return committedIn('alerts', '.yml');
}

/** The rules that Prometheus loads, of all files. */
export function committedRules(): Rule[] {
  return ruleFilePaths().flatMap((path) => parseRules(committed(path)));
}
