import { asRecord, asString } from '../../call/guards.js';
import { missingParameter } from '../ApiError.js';
import { countTokens } from '../tokens.js';
import type { Asked } from './answer.js';
import type { ApiCall } from './ApiCall.js';
import { contentText, integer, requireList, requireModel, serviceTier } from './fields.js';
import { chooseTool, readTools } from './tools.js';

/** A response as it was asked for. */
export interface ResponseRequest extends Asked {
  readonly stream: boolean;
  readonly obfuscation: boolean;
  readonly serviceTier: string;
  readonly body: ApiCall['body'];
}

const LEAST_OUTPUT_TOKENS = 16;
const TOKENS_PER_ITEM = 4;

/** Reads the body of a response. Throws an ApiError that says what is wrong with it. */
export function readResponseRequest(call: ApiCall): ResponseRequest {
  const { body, random } = call;
  const model = requireModel(call, 'chat');
  const items = readInput(body);
  const promptText = [asString(body['instructions']) ?? '', ...items.map(({ text }) => text)].join('\n');
  const tools = Array.isArray(body['tools']) ? JSON.stringify(body['tools']) : '';
  return {
    model,
    promptText,
    promptTokens: countTokens(promptText) + countTokens(tools) + items.length * TOKENS_PER_ITEM,
    choices: 1,
    maxTokens: integer(body, 'max_output_tokens', LEAST_OUTPUT_TOKENS, Number.MAX_SAFE_INTEGER),
    json: jsonSchema(asRecord(body['text'])?.['format']),
    tool: chooseTool(
      {
        tools: readTools(body['tools']),
        choice: body['tool_choice'],
        afterResult: items.at(-1)?.type === 'function_call_output',
      },
      random,
    ),
    stream: body['stream'] === true,
    obfuscation: asRecord(body['stream_options'])?.['include_obfuscation'] !== false,
    serviceTier: serviceTier(body),
    body,
  };
}

function readInput(body: ApiCall['body']): { readonly type: string; readonly text: string }[] {
  const { input } = body;
  if (typeof input === 'string') return [{ type: 'message', text: input }];
  if (input === undefined && body['prompt'] === undefined) throw missingParameter('input');
  return requireList(body, 'input').map((item) => {
    const fields = asRecord(item);
    return {
      type: asString(fields?.['type']) ?? 'message',
      text: contentText(fields?.['content']) + (asString(fields?.['output']) ?? ''),
    };
  });
}

const ANY_OBJECT = { type: 'object', properties: { answer: { type: 'string' } } };

function jsonSchema(format: unknown): unknown {
  const fields = asRecord(format);
  if (fields?.['type'] === 'json_object') return ANY_OBJECT;
  return fields?.['type'] === 'json_schema' ? (fields['schema'] ?? ANY_OBJECT) : undefined;
}
