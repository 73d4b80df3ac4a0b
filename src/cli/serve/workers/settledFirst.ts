import type { MetricsSource } from '../../../exporter/ports.js';
import type { GaugeSink } from '../../../exporter/reconciliationRoutes.js';

type Source = MetricsSource & GaugeSink;

/** The same metrics, read only after what the workers have counted is among them. */
export function settledFirst(source: Source, settled: () => Promise<void>): Source {
  const { registry } = source;
  const first = async <T>(read: () => T | Promise<T>): Promise<T> => {
    await settled();
    return await read();
  };
  return {
    contentType: source.contentType,
    getMetrics: () => first(() => source.getMetrics()),
    trackCounter: (name, value) => source.trackCounter?.(name, value),
    trackGauge: (name, value, tags) => source.trackGauge?.(name, value, tags),
    ...(source.scrape && { scrape: (format) => first(() => source.scrape?.(format) ?? []) }),
    ...(source.contentTypeOf && { contentTypeOf: (format) => source.contentTypeOf?.(format) ?? source.contentType }),
    ...(registry && { registry: { getMetricsAsJSON: () => first(() => registry.getMetricsAsJSON()) } }),
  };
}
