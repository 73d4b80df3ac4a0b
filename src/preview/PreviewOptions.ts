/** A dashboard as Grafana's classic JSON model. Read afresh for every page, so that an edit shows on reload. */
export interface DashboardFile {
  /** For messages, for example `overview.json`. */
  readonly name: string;
  readonly content: string;
}

/** One file of the page: its media type and its bytes. */
export interface WebAsset {
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface PreviewOptions {
  /** Where Prometheus answers. Its path, if any, goes before `/api/v1`; a user and password in it become basic auth. */
  readonly prometheusUrl: string;
  /** Where a Grafana with these dashboards answers; the page then links to it. */
  readonly grafanaUrl?: string | undefined;
  /** Where a trace is shown, with `{trace_id}` for its id; marks of single calls then lead there. */
  readonly tracesUrl?: string | undefined;
  /** How often Prometheus scrapes, such as `15s`, on which `$__rate_interval` depends. Default: 15s. */
  readonly scrapeInterval?: string | undefined;
  /** The path that the preview is mounted at, without a slash at its end. Default: the root. */
  readonly prefix?: string | undefined;
  /** Resolves to the dashboards in the order to be shown. */
  readonly dashboards: () => Promise<readonly DashboardFile[]>;
  /** The browser's files by name, such as `main.js`. */
  readonly assets: ReadonlyMap<string, WebAsset>;
  /** What Prometheus may take and give; see {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ProxyLimits> | undefined;
}

/** Bounds of what a page can make Prometheus do. */
export interface ProxyLimits {
  /** Bytes of a request's body. */
  readonly requestBytes: number;
  /** Bytes of an answer. */
  readonly answerBytes: number;
  /** Milliseconds that one query may take, waiting for its turn included. */
  readonly timeoutMs: number;
  /** Queries that run at the same moment. */
  readonly concurrent: number;
  /** Queries that wait for their turn; more are turned away. */
  readonly waiting: number;
}

export const DEFAULT_LIMITS: ProxyLimits = {
  requestBytes: 64 * 1024,
  answerBytes: 32 * 1024 * 1024,
  timeoutMs: 10_000,
  concurrent: 8,
  waiting: 200,
};
