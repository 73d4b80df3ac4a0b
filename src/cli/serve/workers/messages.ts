import { asRecord } from '../../../call/guards.js';
import type { Tls } from '../../../access/httpServer.js';
import type { GatewayAccess } from '../../../gateway/keys/Doorkeeper.js';
import type { AIEvent } from '../../../monitor/events.js';
import type { Tags } from '../../../monitor/MetricsReporter.js';
import type { ProcessUsage } from '../../../reporters/prometheus/measureProcess.js';

/** One thing that a worker's reporter was told. */
export type Report =
  | readonly [kind: 'event', ...event: AIEvent]
  | readonly [kind: 'counter' | 'timing' | 'gauge', name: string, value: number, tags: Tags];

/** What a worker tells the primary. */
export type FromWorker =
  | { readonly kind: 'listening'; readonly url: string; readonly port: number }
  /** It can't listen; the message says what to do. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'reports'; readonly reports: readonly Report[] }
  /** Everything reported before a `flush` was sent before this. */
  | { readonly kind: 'flushed'; readonly usage: ProcessUsage };

/** What the primary tells a worker. */
export type ToWorker =
  | { readonly kind: 'flush' }
  | { readonly kind: 'stop'; readonly drainMs: number }
  /** New connections get this certificate. */
  | { readonly kind: 'tls'; readonly tls: Tls }
  /** Who may call from now on; the upstreams' keys by their names. */
  | {
      readonly kind: 'access';
      readonly keys: GatewayAccess['keys'];
      readonly upstreamKeys: readonly (readonly [string, string])[];
    };

const FROM_WORKER: ReadonlySet<unknown> = new Set<FromWorker['kind']>(['listening', 'refused', 'reports', 'flushed']);
const TO_WORKER: ReadonlySet<unknown> = new Set<ToWorker['kind']>(['flush', 'stop', 'tls', 'access']);

/** Both sides are the same program, so that the kind tells the rest. */
export function isFromWorker(message: unknown): message is FromWorker {
  return FROM_WORKER.has(asRecord(message)?.['kind']);
}

export function isToWorker(message: unknown): message is ToWorker {
  return TO_WORKER.has(asRecord(message)?.['kind']);
}
