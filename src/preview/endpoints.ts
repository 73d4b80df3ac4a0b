/** What of Prometheus' HTTP API a page may reach. All of it reads. https://prometheus.io/docs/prometheus/latest/querying/api/ */
const ENDPOINTS = [
  { path: /^query$/, methods: ['GET', 'POST'], parameters: ['query', 'time', 'limit'] },
  { path: /^query_range$/, methods: ['GET', 'POST'], parameters: ['query', 'start', 'end', 'step', 'limit'] },
  { path: /^query_exemplars$/, methods: ['GET', 'POST'], parameters: ['query', 'start', 'end'] },
  { path: /^series$/, methods: ['GET', 'POST'], parameters: ['match[]', 'start', 'end', 'limit'] },
  { path: /^labels$/, methods: ['GET', 'POST'], parameters: ['match[]', 'start', 'end', 'limit'] },
  {
    path: /^label\/[a-zA-Z_][a-zA-Z0-9_]*\/values$/,
    methods: ['GET'],
    parameters: ['match[]', 'start', 'end', 'limit'],
  },
] as const;

/** A query that may go on to Prometheus. */
export interface AllowedEndpoint {
  /** What comes after `/api/v1/`. */
  readonly path: string;
  /** The parameters that go along; any other is dropped. */
  readonly parameters: readonly string[];
}

/** The endpoint that a path after `/api/v1/` names, or undefined for all that a page may not reach. */
export function endpointOf(method: string, path: string): AllowedEndpoint | undefined {
  const found = ENDPOINTS.find((each) => each.path.test(path) && each.methods.some((allowed) => allowed === method));
  return found && { path, parameters: found.parameters };
}
