import { Given } from '../monitor/Given.js';
import type { MeasuredCall } from './MeasuredCall.js';

/** The options of a request, which the SDK hands around, with the call that they are of. */
export class MeasuredRequest extends Given {
  #call: MeasuredCall;

  constructor(request: object, call: MeasuredCall) {
    super(request);
    this.#call = call;
  }

  static set(request: object, call: MeasuredCall): void {
    try {
      if (#call in request) request.#call = call;
      else new MeasuredRequest(request, call);
    } catch {
      // Frozen, as one that an application makes may be: the attempts of this call stay unknown.
    }
  }

  static callOf(request: object): MeasuredCall | undefined {
    return #call in request ? request.#call : undefined;
  }
}
