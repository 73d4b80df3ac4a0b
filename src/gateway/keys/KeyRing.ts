import { createHmac, randomBytes } from 'node:crypto';
import { Slots } from '../../access/Slots.js';
import type { Attribution } from '../../call/call.js';
import { isHashOf, nameIn } from './keyHash.js';

/** Who may call: a name, the hash of the key, and the labels that its calls are counted for, whatever their headers say. */
export interface GatewayKey {
  readonly name: string;
  readonly hash: string;
  readonly attribution: Attribution;
}

/** `busy`: too many keys are being checked for one more. */
export type Verified = GatewayKey | undefined | 'busy';

/** Hashes take a core and much memory each, and Node.js has four threads that files and names of hosts need too. */
const slots = new Slots(2, 64);

/** Hashed with when nobody has the name, so that an answer comes no sooner. It is the hash of nothing. */
const NOBODY = `$scrypt$ln=15,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The keys of one configuration, and which of them were shown and found right. */
export class KeyRing {
  readonly #byName: ReadonlyMap<string, GatewayKey>;
  /** By a digest that only this process can make, so that neither time nor memory tells of a key. At most one a key. */
  readonly #right = new Map<string, GatewayKey>();
  readonly #underWay = new Map<string, Promise<Verified>>();
  readonly #secret = randomBytes(32);

  constructor(keys: readonly GatewayKey[]) {
    this.#byName = new Map(keys.map((key) => [key.name, key]));
  }

  get size(): number {
    return this.#byName.size;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Whose key this is, when it was verified before. Takes microseconds. */
  known(key: string): GatewayKey | undefined {
    return this.#right.size === 0 ? undefined : this.#right.get(this.#digest(key));
  }

  /** The answer that is being found for the same key, if so. */
  underWay(key: string): Promise<Verified> | undefined {
    return this.#underWay.size === 0 ? undefined : this.#underWay.get(this.#digest(key));
  }

  /** Whose key this is, by its hash. */
  async verify(key: string): Promise<Verified> {
    const digest = this.#digest(key);
    const begun = this.#check(key, digest).finally(() => this.#underWay.delete(digest));
    this.#underWay.set(digest, begun);
    return await begun;
  }

  async #check(key: string, digest: string): Promise<Verified> {
    const holder = this.#byName.get(nameIn(key) ?? '');
    if (!(await slots.enter())) return 'busy';
    try {
      if (!(await isHashOf(key, holder?.hash ?? NOBODY)) || holder === undefined) return undefined;
      this.#right.set(digest, holder);
      return holder;
    } finally {
      slots.leave();
    }
  }

  #digest(key: string): string {
    return createHmac('sha256', this.#secret).update(key).digest('base64');
  }
}
