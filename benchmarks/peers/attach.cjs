'use strict';

/**
 * Has the peers measure one copy of the openai package each, with all of their metrics or spans on and nothing of the
 * content captured. What they measure goes on as in an application, up to bytes that nobody sends.
 */
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { ProtobufTraceSerializer } = require('@opentelemetry/otlp-transformer');
const { OpenAIInstrumentation: OpenTelemetry } = require('@opentelemetry/instrumentation-openai');
const { OpenAIInstrumentation: Traceloop } = require('@traceloop/instrumentation-openai');

class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

/** What an exporter over HTTP does, but for the request. */
const exporter = {
  export(spans, done) {
    ProtobufTraceSerializer.serializeRequest(spans);
    done({ code: 0 });
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

exports.attach = {
  opentelemetry(sdk) {
    const instrumentation = new OpenTelemetry({ enabled: true });
    instrumentation.setMeterProvider(new MeterProvider({ readers: [new Reader()] }));
    for (const definition of instrumentation.getModuleDefinitions()) definition.patch(sdk);
  },
  traceloop(sdk) {
    const instrumentation = new Traceloop({ traceContent: false });
    const spanProcessors = [new BatchSpanProcessor(exporter)];
    instrumentation.setTracerProvider(new BasicTracerProvider({ spanProcessors }));
    instrumentation.manuallyInstrument(sdk.OpenAI);
  },
};
