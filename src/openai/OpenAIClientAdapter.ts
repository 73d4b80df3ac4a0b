import { randomUUID } from 'node:crypto';
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import type { CallContext } from '../call/call.js';
import { asRecord } from '../call/guards.js';
import { MissingOptionError } from '../errors.js';
import { AIPerformanceMonitor } from '../monitor/AIPerformanceMonitor.js';
import { tieCorrelationId } from '../monitor/correlationIds.js';
import type { LogFields, Logger } from '../monitor/Logger.js';
import type { AIClient, Chunk, Completion, MessageOptions, Messages, StreamOptions } from './AIClient.js';
import { charactersIn } from './charactersIn.js';
import { unmonitored } from './monitorOpenAI.js';
import { tapAttempts, type TappedClient } from './tapAttempts.js';
import { CallerFailedError, readStream, StreamInterruptedError } from './readStream.js';

/** What the SDK takes beside a request's parameters. */
interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

/** What the adapter needs of a client: that of openai 5, 6 and 7, or anything that answers alike. */
export interface ChatClient {
  readonly chat: {
    readonly completions: {
      create(body: ChatCompletionCreateParamsNonStreaming, options?: CallOptions): PromiseLike<Completion>;
      create(body: ChatCompletionCreateParamsStreaming, options?: CallOptions): PromiseLike<AsyncIterable<Chunk>>;
    };
  };
}

export interface OpenAIClientAdapterOptions {
  readonly openAIClient: ChatClient;
  /** Gets debug lines with ids, counts and sizes; never what was asked or answered. */
  readonly logger?: Logger | undefined;
  /** Without one, a monitor that reports to the logger. */
  readonly performanceMonitor?: Pick<AIPerformanceMonitor, 'trackRequest' | 'trackStreamingRequest'> | null | undefined;
}

/**
 * An AIClient over the `openai` package that measures every call exactly once, however it ends, with its attempts, retries
 * and rate limits. A client of
 * `monitorOpenAI` may be given: it is this adapter that then measures, so that its calls don't count twice.
 * @throws MissingOptionError without `openAIClient`, or with neither `performanceMonitor` nor `logger`, since its
 * measurements would then reach nobody.
 */
export class OpenAIClientAdapter implements AIClient {
  readonly #tapped: TappedClient<ChatClient>;
  readonly #logger: Logger | undefined;
  readonly #monitor: Pick<AIPerformanceMonitor, 'trackRequest' | 'trackStreamingRequest'>;

  constructor(options: OpenAIClientAdapterOptions) {
    const { openAIClient, logger, performanceMonitor } = options;
    if (asRecord(openAIClient) === undefined) {
      throw new MissingOptionError('OpenAIClientAdapter', 'openAIClient', 'pass new OpenAI()');
    }
    if (!performanceMonitor && !logger) {
      const hint = 'else its measurements would reach nobody';
      throw new MissingOptionError('OpenAIClientAdapter', 'performanceMonitor or logger', hint);
    }
    this.#tapped = tapAttempts(unmonitored(openAIClient));
    this.#logger = logger;
    this.#monitor = performanceMonitor ?? new AIPerformanceMonitor({ logger });
  }

  /**
   * Sends messages and resolves to exactly what the SDK resolves to, or rejects with exactly its error.
   * `options` is the request's parameters; it is not changed.
   */
  async sendJsonMessage(messages: Messages, options: MessageOptions): Promise<Completion> {
    const { context, parameters, callOptions } = this.#prepare('req', messages, options);
    this.#log('Sending JSON message to OpenAI', context, { messageCharacters: charactersIn(messages) });
    return await this.#monitor.trackRequest(async (call) => {
      const body: ChatCompletionCreateParamsNonStreaming = { ...parameters, messages, stream: false };
      const { client, of } = this.#tapped;
      const response = await of(call, async () => await client.chat.completions.create(body, callOptions));
      this.#log('Received JSON response from OpenAI', context, responseFields(response));
      return response;
    }, context);
  }

  /**
   * Sends messages, hands every chunk to `options.onChunk` and resolves to the whole answer, put together: text, tool
   * calls, finish reasons, and usage. Usage is asked for unless `options.stream_options` says otherwise; the extra chunk
   * that this brings goes to `onChunk` only if the caller asked for it. Rejects with exactly what the SDK or `onChunk`
   * threw; what `onChunk` throws counts as given up by the caller (`aborted`), not as an error of the API. An answer that stops without a finish reason was cut: it is recorded as interrupted and resolves, as the
   * SDK's own stream ends, with `finish_reason` null.
   */
  async streamMessage(messages: Messages, options: StreamOptions): Promise<Completion> {
    const { onChunk, ...rest } = options;
    const { context, parameters, callOptions } = this.#prepare('stream', messages, rest);
    this.#log('Streaming message to OpenAI', context, { messageCharacters: charactersIn(messages) });
    const asked = parameters.stream_options?.include_usage;
    const body: ChatCompletionCreateParamsStreaming = {
      ...parameters,
      messages,
      stream: true,
      stream_options: { ...parameters.stream_options, include_usage: asked ?? true },
    };
    try {
      return await this.#monitor.trackStreamingRequest(async (onFirstToken, call) => {
        const { client, of } = this.#tapped;
        const stream = await of(call, async () => await client.chat.completions.create(body, callOptions));
        const completion = await readStream(stream, { onFirstToken, onChunk, hidesUsage: asked === undefined });
        this.#log('Completed streaming message to OpenAI', context, responseFields(completion));
        return completion;
      }, context);
    } catch (error) {
      if (error instanceof StreamInterruptedError) return error.received;
      if (error instanceof CallerFailedError) {
        tieCorrelationId(error.thrown, context);
        throw error.thrown;
      }
      throw error;
    }
  }

  #prepare(prefix: string, messages: Messages, options: MessageOptions) {
    const { correlationId, attribution, signal, timeout, ...parameters } = options;
    const context = {
      correlationId: correlationId ?? `${prefix}_${randomUUID()}`,
      model: parameters.model,
      operation: 'chat',
      messageCount: messages.length,
      attribution,
    } satisfies CallContext;
    const callOptions: CallOptions = {
      ...(signal === undefined ? {} : { signal }),
      ...(timeout === undefined ? {} : { timeout }),
    };
    return { context, parameters, callOptions };
  }

  #log(message: string, { correlationId, model, messageCount }: CallContext, fields: LogFields): void {
    try {
      this.#logger?.debug(message, { correlationId, model, messageCount, ...fields });
    } catch {
      // A broken logger must not break the application's calls.
    }
  }
}

/** Ids, counts and sizes of an answer; a stand-in for the API may leave out anything. */
function responseFields(response: unknown): LogFields {
  const fields = asRecord(response) ?? {};
  const choices: readonly unknown[] = Array.isArray(fields['choices']) ? fields['choices'] : [];
  const messages = choices.map((choice) => asRecord(choice)?.['message']);
  return {
    responseId: fields['id'],
    responseModel: fields['model'],
    finishReasons: choices.map((choice) => asRecord(choice)?.['finish_reason']),
    answerCharacters: charactersIn(messages),
  };
}
