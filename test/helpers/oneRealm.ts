import { types } from 'node:util';

/**
 * Jest gives tests an `Error` of their own, of which what the platform throws is no instance, so that the SDK takes a
 * timeout for something else than it does in an application. Importing this heals that.
 */
const isInstance = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (isInstance.call(this, value)) return true;
    return this === Error && (types.isNativeError(value) || value instanceof DOMException);
  },
});
