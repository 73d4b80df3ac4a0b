import type { Operation } from '../../call/operation.js';
import { CALL_STATUSES } from '../../call/status.js';
import { TOKEN_TYPES } from '../../call/usage.js';
import type { Catalogue } from './Catalogue.js';
import type { ModelSeries } from './ModelSeries.js';
import type { OperationSeries } from './OperationSeries.js';
import { recordOf } from './record.js';
import type { CounterSeries, Labels } from './series.js';

/** The labels that every metric of a call is made of, limited and tidied. */
export interface CallLabels {
  readonly provider: string;
  readonly model: string;
  readonly operation: Operation;
  readonly attribution: Labels;
}

/** Every series of one provider, model, operation and attribution, so that a call looks them up once. */
export class CallSeries {
  readonly requests;
  readonly tokens;
  /** 0 until a call is priced; not exported once it is known that calls go unpriced, for that 0 would read as free. */
  readonly cost: CounterSeries;

  constructor(
    catalogue: Catalogue,
    readonly labels: CallLabels,
    readonly ofModel: ModelSeries,
    readonly ofOperation: OperationSeries,
  ) {
    const { attribution, ...own } = labels;
    this.requests = recordOf(CALL_STATUSES, (status) => catalogue.counter('requests', { ...own, status }, attribution));
    this.tokens = recordOf(TOKEN_TYPES, (token_type) =>
      catalogue.counter('tokens', { ...own, token_type }, attribution),
    );
    this.cost = catalogue.counter('cost', own, attribution);
  }
}
