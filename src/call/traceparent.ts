const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;

/** Version 00 has these four fields; later versions may have more behind them. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** The value when it is the id of a trace: 32 hexadecimal digits in lower case, not all of them 0. */
export function asTraceId(value: unknown): string | undefined {
  return typeof value === 'string' && TRACE_ID.test(value) ? value : undefined;
}

/**
 * The id of the trace that a `traceparent` header names, or undefined when there is none or it is not as the standard
 * says (https://www.w3.org/TR/trace-context/#traceparent-header). Whether that trace was sampled is not looked at: many
 * tracers decide it only after the call.
 */
export function traceIdOf(traceparent: unknown): string | undefined {
  if (typeof traceparent !== 'string' || traceparent.length > 512) return undefined;
  const [, version, traceId, more] = TRACEPARENT.exec(traceparent.trim()) ?? [];
  return version === '00' && more !== undefined ? undefined : asTraceId(traceId);
}
