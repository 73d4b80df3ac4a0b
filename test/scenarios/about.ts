import type { Incident } from './Incident.js';

const SLOW = ['AILatencyP95High', 'AIFirstTokenP95High', 'AIErrorBudgetBurn'];
const FAILING = ['AIErrorRatioHigh', 'AIErrorTypeRatioHigh', 'AIErrorBudgetBurn'];
const COSTLY = ['AICostPerHourHigh', 'AICostPerCallHigh', 'AICostJump'];

const OF_ERROR_TYPE: Readonly<Record<string, readonly string[]>> = {
  authentication: ['AIAccountRefused'],
  quota_exceeded: ['AIAccountRefused'],
  stream_interrupted: ['AICutStreamRatioHigh'],
};

/** The alerts that tell of an incident. Any other that comes with it is a false alarm. */
export function alertsAbout(incident: Incident): readonly string[] {
  const { failing, slower, firstTokenSlower, truncated, dearer, traffic, blind } = incident;
  return [
    ...(failing === undefined ? [] : [...FAILING, ...(OF_ERROR_TYPE[failing.errorType] ?? [])]),
    ...(slower === undefined && firstTokenSlower === undefined ? [] : SLOW),
    ...(truncated === undefined ? [] : ['AITruncatedRatioHigh']),
    ...(dearer === undefined ? [] : COSTLY),
    ...(traffic === undefined ? [] : traffic === 0 ? ['PromptmeterNoTraffic'] : COSTLY),
    ...(blind === true ? ['PromptmeterTargetDown'] : []),
  ];
}
