import { ERROR_TYPES } from '../../call/errorType.js';
import type { Operation } from '../../call/operation.js';
import type { CallStatus } from '../../call/status.js';
import type { Catalogue } from './Catalogue.js';
import { recordOf } from './record.js';
import type { GaugeSeries, HistogramSeries } from './series.js';

/** The series of one provider, model and operation. */
export class OperationSeries {
  readonly inFlight: GaugeSeries;
  readonly errors;
  readonly #durations: Partial<Record<CallStatus, HistogramSeries>> = {};
  #firstToken: HistogramSeries | undefined;
  #timePerOutputToken: HistogramSeries | undefined;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly labels: Readonly<{ provider: string; model: string; operation: Operation }>,
  ) {
    this.inFlight = catalogue.gauge('inFlight', labels);
    this.errors = recordOf(ERROR_TYPES, (error_type) => catalogue.counter('errors', { ...labels, error_type }));
  }

  /** Histograms take many lines each, so only those begin at 0 that calls of this kind can fill. */
  begin(streaming: boolean): void {
    if (streaming) {
      this.duration('success_stream');
      this.duration('error_stream');
      this.duration('aborted_stream');
      this.firstToken();
      this.timePerOutputToken();
    } else {
      this.duration('success');
      this.duration('error');
      this.duration('aborted');
    }
  }

  duration(status: CallStatus): HistogramSeries {
    return (this.#durations[status] ??= this.catalogue.histogram('duration', { ...this.labels, status }));
  }

  firstToken(): HistogramSeries {
    return (this.#firstToken ??= this.catalogue.histogram('firstToken', this.labels));
  }

  timePerOutputToken(): HistogramSeries {
    return (this.#timePerOutputToken ??= this.catalogue.histogram('timePerOutputToken', this.labels));
  }
}
