/** Something that is known of objects which belong to somebody else. */
export interface Tag<V> {
  /** In place of what was known before. Does nothing where the object takes no private field. */
  set(object: object, value: V): void;
  get(object: object): V | undefined;
}

/** Has the constructor of a subclass put its private fields on the object given. */
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * A tag in a private field, which nobody else can see. What a WeakMap would do, but for what that costs: the values of a
 * WeakMap, and all that they lead to, outlive the garbage collections of young objects, at three times the price of these.
 */
export function createTag<V>(): Tag<V> {
  class Tagged extends Given {
    #value: V;

    constructor(object: object, value: V) {
      super(object);
      this.#value = value;
    }

    static set(object: object, value: V): void {
      if (#value in object) object.#value = value;
      else new Tagged(object, value);
    }

    static get(object: object): V | undefined {
      return #value in object ? object.#value : undefined;
    }
  }
  return {
    set: (object, value) => {
      try {
        Tagged.set(object, value);
      } catch {
        // An engine may refuse private fields on frozen objects; then this one stays unknown.
      }
    },
    get: (object) => Tagged.get(object),
  };
}
