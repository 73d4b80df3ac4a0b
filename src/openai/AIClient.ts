import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParams,
} from 'openai/resources/chat/completions';
import type { Attribution } from '../call/call.js';

export type Messages = ChatCompletionCreateParams['messages'];
export type Chunk = ChatCompletionChunk;
export type Completion = ChatCompletion;

/** What one message is sent with: the API's parameters, `model` among them, and what concerns the call itself. */
export interface MessageOptions extends Omit<ChatCompletionCreateParams, 'messages' | 'stream'> {
  /** Ties log lines and events together. Made when absent. */
  readonly correlationId?: string;
  /** Whom the call is counted for. */
  readonly attribution?: Attribution;
  /** Gives the call up. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which an attempt is given up; the SDK's own default when absent. */
  readonly timeout?: number;
}

export interface StreamOptions extends MessageOptions {
  /** Gets every chunk in order and is waited for. What it throws ends the stream and reaches the caller as it is. */
  readonly onChunk?: (chunk: Chunk) => void | Promise<void>;
}

/** Knows how to send messages to a model. */
export interface AIClient {
  /** Sends messages and resolves to the whole answer. */
  sendJsonMessage(messages: Messages, options: MessageOptions): Promise<Completion>;
  /** Sends messages, hands the answer to `options.onChunk` as it comes, and resolves to the whole of it. */
  streamMessage(messages: Messages, options: StreamOptions): Promise<Completion>;
}
