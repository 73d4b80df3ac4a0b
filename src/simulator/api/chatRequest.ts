import { asRecord, asString } from '../../call/guards.js';
import { invalidRequest } from '../ApiError.js';
import { countTokens } from '../tokens.js';
import type { Asked } from './answer.js';
import type { ApiCall } from './ApiCall.js';
import { contentText, integer, requireList, requireModel, serviceTier } from './fields.js';
import { chooseTool, readTools } from './tools.js';

/** A chat completion as it was asked for. */
export interface ChatRequest extends Asked {
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly obfuscation: boolean;
  readonly toolNamed: boolean;
  readonly serviceTier: string;
}

const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_ANSWER_START = 3;

/** Reads the body of a chat completion. Throws an ApiError that says what is wrong with it. */
export function readChatRequest(call: ApiCall): ChatRequest {
  const { body, random } = call;
  const model = requireModel(call, 'chat');
  const messages = requireList(body, 'messages').map((message, i) => readMessage(message, i));
  const stream = body['stream'] === true;
  const streamOptions = asRecord(body['stream_options']);
  if (streamOptions !== undefined && !stream) {
    const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    throw invalidRequest(message, 'stream_options');
  }
  const promptText = messages.map(({ text }) => text).join('\n');
  const tools = Array.isArray(body['tools']) ? JSON.stringify(body['tools']) : '';
  const tool = chooseTool(
    {
      tools: readTools(body['tools']),
      choice: body['tool_choice'],
      afterResult: messages.at(-1)?.role === 'tool',
    },
    random,
  );
  return {
    model,
    promptText,
    promptTokens:
      countTokens(promptText) + countTokens(tools) + messages.length * TOKENS_PER_MESSAGE + TOKENS_PER_ANSWER_START,
    choices: integer(body, 'n', 1, 128) ?? 1,
    maxTokens: maxTokens(body, model.reasoningTokens !== undefined),
    json: jsonSchema(body['response_format']),
    tool,
    toolNamed: tool?.named ?? false,
    stream,
    includeUsage: streamOptions?.['include_usage'] === true,
    obfuscation: streamOptions?.['include_obfuscation'] !== false,
    serviceTier: serviceTier(body),
  };
}

function readMessage(message: unknown, i: number): { readonly role: string; readonly text: string } {
  const fields = asRecord(message);
  const role = asString(fields?.['role']);
  if (role === undefined) {
    const param = `messages[${i}].role`;
    throw invalidRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
  }
  return { role, text: contentText(fields?.['content']) };
}

/** Models that reason know only the newer of the two names. */
function maxTokens(body: ApiCall['body'], reasons: boolean): number | undefined {
  const newer = integer(body, 'max_completion_tokens', 1, Number.MAX_SAFE_INTEGER);
  const older = integer(body, 'max_tokens', 1, Number.MAX_SAFE_INTEGER);
  if (reasons && older !== undefined) {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    throw invalidRequest(message, 'max_tokens', 'unsupported_parameter');
  }
  return newer ?? older;
}

const ANY_OBJECT = { type: 'object', properties: { answer: { type: 'string' }, score: { type: 'integer' } } };

function jsonSchema(format: unknown): unknown {
  const fields = asRecord(format);
  if (fields?.['type'] === 'json_object') return ANY_OBJECT;
  return fields?.['type'] === 'json_schema' ? (asRecord(fields['json_schema'])?.['schema'] ?? ANY_OBJECT) : undefined;
}
