'use strict';

/**
 * Has the peers measure one copy of the openai package each, with all of their metrics or spans on and nothing of the
 * content captured, and with processors that do nothing: what is measured is the instrumentation alone.
 */
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');
const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base');
const { OpenAIInstrumentation: OpenTelemetry } = require('@opentelemetry/instrumentation-openai');
const { OpenAIInstrumentation: Traceloop } = require('@traceloop/instrumentation-openai');

class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const nothing = {
  onStart() {},
  onEnd() {},
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
    instrumentation.setTracerProvider(new BasicTracerProvider({ spanProcessors: [nothing] }));
    instrumentation.manuallyInstrument(sdk.OpenAI);
  },
};
