/** Where a trace is shown: an address of the web with `{trace_id}` filled in, or undefined. */
export function traceAddress(template: string | undefined, traceId: string): string | undefined {
  const filled = template?.replaceAll('{trace_id}', encodeURIComponent(traceId));
  return filled !== undefined && /^https?:\/\//i.test(filled) && URL.canParse(filled) ? filled : undefined;
}
