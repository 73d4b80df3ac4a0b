/** What can go wrong in Promptmeter itself, as a closed set. */
export type PromptmeterErrorCode =
  | 'configuration'
  | 'usage'
  | 'service_missing'
  | 'metric_conflict'
  | 'missing_option'
  | 'unsupported_client'
  | 'upstream_unreachable'
  | 'check_failed';

/**
 * Base of every error that Promptmeter throws. The message is one sentence that says what to do;
 * `code` is for programs, `cause` is the error underneath, if there is one.
 */
export class PromptmeterError extends Error {
  override readonly name: string = 'PromptmeterError';

  constructor(
    readonly code: PromptmeterErrorCode,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** One mistake in a configuration: where, what was found, what is allowed. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly message: string;
}

/** Thrown when promptmeter.yaml or the environment can't be used; carries every problem, not only the first. */
export class ConfigurationError extends PromptmeterError {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly source: string,
    readonly problems: readonly ConfigurationProblem[],
    options: { cause?: unknown } = {},
  ) {
    const lines = problems.map(({ path, message }) => `  ${path === '' ? '(file)' : path}: ${message}`);
    super('configuration', `${source} has ${countOf(problems.length, 'problem')}:\n${lines.join('\n')}`, options);
  }
}

/** Thrown when a command is called with words that it doesn't take. */
export class UsageError extends PromptmeterError {
  override readonly name = 'UsageError';

  constructor(message: string, options: { cause?: unknown } = {}) {
    super('usage', message, options);
  }
}

/** Thrown when a program, a server or a port that is needed can't be had. */
export class MissingServiceError extends PromptmeterError {
  override readonly name = 'MissingServiceError';

  constructor(message: string, options: { cause?: unknown } = {}) {
    super('service_missing', message, options);
  }
}

/** Thrown when a metric name is used again with another type or other labels. Never thrown for the catalogue's own. */
export class MetricConflictError extends PromptmeterError {
  override readonly name = 'MetricConflictError';

  constructor(metric: string, problem: string) {
    super('metric_conflict', `metric ${metric} ${problem}; use another name or the labels it was first given`);
  }
}

/** Thrown by a constructor when an option that it can't do without is missing. */
export class MissingOptionError extends PromptmeterError {
  override readonly name = 'MissingOptionError';

  constructor(owner: string, option: string, hint = '') {
    super('missing_option', `${owner} needs the option ${option}${hint === '' ? '' : `: ${hint}`}`);
  }
}

/** Thrown when the client handed over is not an OpenAI client that Promptmeter knows how to measure. */
export class UnsupportedClientError extends PromptmeterError {
  override readonly name = 'UnsupportedClientError';

  constructor(missing: string) {
    super(
      'unsupported_client',
      `this OpenAI client has no ${missing}, so its calls can't be measured; use openai 5, 6 or 7 or the gateway`,
    );
  }
}

export function isPromptmeterError(value: unknown): value is PromptmeterError {
  return value instanceof PromptmeterError;
}

export function isConfigurationError(value: unknown): value is ConfigurationError {
  return value instanceof ConfigurationError;
}

/** The message of whatever was thrown, errors or not. For our own errors and the system's, never for an upstream's. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
