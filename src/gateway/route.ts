import type { GatewayUpstream } from './GatewayOptions.js';
import { Upstream } from './Upstream.js';

/** Where a request goes. */
export interface Route {
  readonly upstream: Upstream;
  /** Request target at the upstream: the path of its base URL, what followed `/v1`, and the query. */
  readonly path: string;
}

const DEFAULT_PATH = /^\/v1(?=[/?]|$)/;
const NAMED_PATH = /^\/([a-z0-9][a-z0-9-]{0,39})\/v1(?=[/?]|$)/;

/** `.` or `..` between slashes of either kind, each plain or percent-encoded once or more. */
const DOT_SEGMENT = /(?:[/\\]|%(?:25)*(?:2f|5c))(?:\.|%(?:25)*2e){1,2}(?=[/\\?#]|%(?:25)*(?:2f|5c|3f|23)|$)/i;

/** Knows the upstreams and which of them a request target belongs to. Only the configuration names hosts. */
export class Router {
  readonly upstreams: readonly Upstream[];
  readonly #default: Upstream;
  readonly #named: ReadonlyMap<string, Upstream>;

  constructor(defaultUpstream: GatewayUpstream, named: readonly GatewayUpstream[], timeoutMs: number) {
    this.#default = new Upstream(defaultUpstream, timeoutMs);
    this.#named = new Map(named.map((each) => [each.name, new Upstream(each, timeoutMs)]));
    this.upstreams = [this.#default, ...this.#named.values()];
  }

  /**
   * The route of a request target as it was sent, or undefined when there is none: another path, a target that
   * names a host, or one that climbs out of the base URL.
   */
  match(target: string): Route | undefined {
    const query = target.indexOf('?');
    if (DOT_SEGMENT.test(query === -1 ? target : target.slice(0, query))) return undefined;
    if (DEFAULT_PATH.test(target)) return { upstream: this.#default, path: this.#default.path(target.slice(3)) };
    const name = NAMED_PATH.exec(target)?.[1];
    const upstream = name === undefined ? undefined : this.#named.get(name);
    if (name === undefined || upstream === undefined) return undefined;
    return { upstream, path: upstream.path(target.slice(name.length + 4)) };
  }

  /** The base URLs that clients can use, as paths. */
  get basePaths(): readonly string[] {
    return ['/v1', ...[...this.#named.keys()].map((name) => `/${name}/v1`)];
  }
}
