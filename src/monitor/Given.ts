/**
 * Has the constructor of a subclass put its private fields on the object given, where nobody else can see them. It does
 * what a WeakMap would, but for what that costs: the values of a WeakMap, and all that they lead to, outlive the garbage
 * collections of young objects, at three times the price of these. Each kind of object has a class of its own, for one
 * that sees many kinds is several times as slow.
 * @throws TypeError where an engine refuses private fields on frozen objects
 */
export class Given {
  constructor(object: object) {
    return object;
  }
}
