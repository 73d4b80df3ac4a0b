import type { Attribution } from '../call/call.js';
import { classifyError } from '../call/classifyError.js';
import { asString } from '../call/guards.js';
import { traceIdOf } from '../call/traceparent.js';
import { isTiedTo, tieCorrelationId } from '../monitor/correlationIds.js';
import { usageBody } from './usageBody.js';
import { MeasuredCall } from './MeasuredCall.js';
import { MeasuredHeaders } from './MeasuredHeaders.js';
import { MeasuredRequest } from './MeasuredRequest.js';
import type { MonitorOpenAIOptions } from './monitorOpenAI.js';
import { AnswerReader } from './AnswerReader.js';
import { deferredAnswersOf, type DeferredAnswers } from './DeferredAnswers.js';
import { deploymentOf, operationOf } from './operationOf.js';
import { readRequest, usageIsOptional } from './readRequest.js';
import type { SdkRequest, SeamClient } from './seam.js';
import { tieAnswers } from './tieAnswers.js';
import { tieHelpers } from './tieHelpers.js';
import { WatchedAnswer } from './WatchedAnswer.js';

/** Replaces, on this client alone, the places through which every call goes. */
export function instrument(client: SeamClient, options: MonitorOpenAIOptions): void {
  const makeRequest = client.makeRequest.bind(client);
  const retryRequest = client.retryRequest.bind(client);
  const prepareRequest = client.prepareRequest.bind(client);
  const { fetch } = client;
  const deferred = deferredAnswersOf(options.monitor);
  const takesWatched = tieAnswers(client);
  tieHelpers(client);

  client.makeRequest = async (input, retriesRemaining, retryOf) => {
    // Waited for only where it has to be: on the path of every call a turn more is felt.
    const request = 'then' in input ? await input : input;
    const call = retryOf === undefined ? open(client, request, options, deferred) : MeasuredRequest.callOf(request);
    // Only a retry with new options is unknown here; its answer comes by again through the first attempt.
    if (call === undefined) return await makeRequest(request, retriesRemaining, retryOf);
    MeasuredRequest.set(request, call);
    try {
      const answer = await makeRequest(request, retriesRemaining, retryOf);
      // The answer to a retry comes by a second time, through the attempt before it.
      if (answer instanceof WatchedAnswer || isTiedTo(answer.response, call.call.identity)) return answer;
      call.accept(answer.response);
      const watched = new WatchedAnswer(answer, call);
      // openai 7 asks all the same where the caller had given up before, and leaves the answer unread.
      if (request.signal?.aborted === true) call.call.abort();
      return takesWatched ? watched : watched.taken();
    } catch (error) {
      call.call.fail(classifyError(error));
      tieCorrelationId(error, call.call.identity);
      throw error;
    }
  };

  client.retryRequest = async (request, ...rest) => {
    const call = MeasuredRequest.callOf(request);
    if (call !== undefined) call.retrying = true;
    try {
      return await retryRequest(request, ...rest);
    } catch (error) {
      call?.call.fail(classifyError(error));
      throw error;
    }
  };

  client.prepareRequest = async (request, context) => {
    const call = MeasuredRequest.callOf(context.options);
    if (call?.asksForUsage === true) request['body'] = usageBody(request['body']);
    await prepareRequest(request, context);
    if (call === undefined) return;
    // Here the headers of the client, of the call and of a subclass are together.
    const { headers } = request;
    if (!(headers instanceof Headers)) return;
    MeasuredHeaders.set(headers, call.attempts);
    call.call.traced(traceIdOf(headers.get('traceparent')));
  };

  client.fetch = async (url, init) => {
    const { headers } = init ?? {};
    const attempt = headers instanceof Headers ? MeasuredHeaders.attemptsOf(headers) : undefined;
    if (attempt === undefined) return await fetch(url, init);
    attempt.began();
    try {
      const response = await fetch(url, init);
      attempt.answered(response);
      return response;
    } catch (error) {
      attempt.unanswered(error);
      throw error;
    }
  };
}

function open(
  client: SeamClient,
  request: SdkRequest,
  options: MonitorOpenAIOptions,
  deferred: DeferredAnswers,
): MeasuredCall {
  const { monitor, provider, attribution, usageInStreams = true, usageEstimator } = options;
  const path = request.path ?? '';
  const operation = operationOf(request.method ?? 'get', path);
  const facts = readRequest(operation, request.body);
  const streaming = facts.streaming || request.stream === true;
  const reader = new AnswerReader(operation, deferred, path);
  const context = {
    provider,
    operation: reader.operation,
    model: facts.model ?? deploymentOf(path) ?? asString(Reflect.get(client, 'deploymentName')) ?? reader.asked?.model,
    messageCount: facts.messageCount,
    attribution: attributionWith(reader.asked?.attribution, attributionOf(attribution)),
    units: facts.units,
  };
  const call = streaming ? monitor.openStream(context, usageEstimator) : monitor.open(context, usageEstimator);
  // The SDK's stream helpers are known by the signal that they give their call.
  tieCorrelationId(request.signal, call.identity);
  const asksForUsage = usageInStreams && streaming && !facts.usageRequested && usageIsOptional(operation);
  return new MeasuredCall(call, operation, reader, facts.choices, asksForUsage, request.body);
}

/** The labels of what is asked after, and above them the call's own. */
function attributionWith(asked: Attribution | undefined, own: Attribution | undefined): Attribution | undefined {
  return asked === undefined ? own : { ...asked, ...own };
}

/** A function that throws costs the call its labels, not the application its call. */
function attributionOf(attribution: MonitorOpenAIOptions['attribution']): Attribution | undefined {
  if (typeof attribution !== 'function') return attribution;
  try {
    return attribution();
  } catch {
    return undefined;
  }
}
