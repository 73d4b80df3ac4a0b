'use strict';

/**
 * Has one of the peers measure a copy of the openai package, set up as its README does: with all of its metrics and
 * spans on and asynchronous work followed, which the spans' parents take. Nothing of the content is captured. What is
 * measured goes on as in an application, up to bytes that nobody sends.
 */
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');
const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
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

function registeredProvider() {
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.register();
  return provider;
}

exports.attach = {
  opentelemetry(sdk) {
    const instrumentation = new OpenTelemetry({ enabled: true });
    instrumentation.setTracerProvider(registeredProvider());
    instrumentation.setMeterProvider(new MeterProvider({ readers: [new Reader()] }));
    for (const definition of instrumentation.getModuleDefinitions()) definition.patch(sdk);
  },
  traceloop(sdk) {
    const instrumentation = new Traceloop({ traceContent: false });
    instrumentation.setTracerProvider(registeredProvider());
    instrumentation.manuallyInstrument(sdk.OpenAI);
  },
};
