import type { IncomingMessage } from 'node:http';
import { callerOf } from '../../access/callerOf.js';
import { FailureLimiter } from '../../access/FailureLimiter.js';
import { messageOf } from '../../errors.js';
import type { Logger } from '../../monitor/Logger.js';
import { INTERNAL, type GatewayError } from '../errors.js';
import { rewriteHeaders, shownIn, type Shown } from './credentials.js';
import { nameIn } from './keyHash.js';
import { KeyRing, type GatewayKey, type Verified } from './KeyRing.js';
import { BUSY, KEY_MISSING, KEY_WRONG, tooManyFailures } from './refusals.js';

/** Who may call, and the keys that their calls go on with. */
export interface GatewayAccess {
  readonly keys: readonly GatewayKey[];
  /** By the name of the upstream. Where one is missing, a call goes on without the gateway's key and with no other. */
  readonly upstreamKeys: ReadonlyMap<string, string>;
}

/** Lets calls with a key of the gateway through, and no other. */
export class Doorkeeper {
  readonly #failures = new FailureLimiter();
  /** A client that does not give up shall not fill the log. */
  readonly #lines = new FailureLimiter({ burst: 3, refillMs: 60_000 });
  #access: GatewayAccess;
  #ring: KeyRing;

  constructor(
    access: GatewayAccess,
    private readonly logger: Pick<Logger, 'warn' | 'error'>,
  ) {
    this.#access = access;
    this.#ring = new KeyRing(access.keys);
  }

  /** From the next request on these keys hold and no others. */
  renew(access: GatewayAccess): void {
    this.#access = access;
    this.#ring = new KeyRing(access.keys);
  }

  /**
   * Undefined when the call may go on to this upstream, its headers then being those of the key's holder; else why not.
   * Answers at once for keys that were seen before. Never rejects.
   */
  admit(req: IncomingMessage, upstream: string): undefined | Promise<GatewayError | undefined> {
    const shown = shownIn(req.headers);
    if (shown === undefined) return Promise.resolve(KEY_MISSING);
    const holder = this.#ring.known(shown.key);
    if (holder === undefined) return this.#verify(req, shown, upstream);
    this.#letIn(req, shown, holder, upstream);
    return undefined;
  }

  async #verify(req: IncomingMessage, shown: Shown, upstream: string): Promise<GatewayError | undefined> {
    const ring = this.#ring;
    const caller = callerOf(req.socket);
    try {
      const found = await (ring.underWay(shown.key) ?? this.#check(ring, shown.key, caller));
      if (found === undefined) {
        this.#tell(caller);
        return KEY_WRONG;
      }
      if (found === 'busy') return BUSY;
      if ('status' in found) return found;
      // The keys may have been renewed meanwhile.
      if (ring !== this.#ring) return await this.#verify(req, shown, upstream);
      this.#letIn(req, shown, found, upstream);
      return undefined;
    } catch (error) {
      this.logger.error('A gateway key could not be checked', { error: messageOf(error) });
      return INTERNAL;
    }
  }

  async #check(ring: KeyRing, key: string, caller: string): Promise<Verified | GatewayError> {
    const name = nameIn(key);
    // A holder must not be kept out by a neighbour at the same address who has another key wrong.
    const who = name !== undefined && ring.has(name) ? `${caller} ${name}` : caller;
    const seconds = this.#failures.waitOf(who);
    if (seconds > 0) return tooManyFailures(seconds);
    this.#failures.failed(who);
    const found = name === undefined ? undefined : await ring.verify(key);
    if (found !== undefined) this.#failures.forgive(who);
    return found;
  }

  #letIn(req: IncomingMessage, shown: Shown, holder: GatewayKey, upstream: string): void {
    rewriteHeaders(req, shown, holder, this.#access.upstreamKeys.get(upstream));
  }

  #tell(caller: string): void {
    if (this.#lines.waitOf(caller) > 0) return;
    this.#lines.failed(caller);
    this.logger.warn('A call with a wrong gateway key was refused', { address: caller });
  }
}
