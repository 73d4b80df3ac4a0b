import { asRecord, asString } from '../../call/guards.js';
import type { Random } from '../Random.js';

/** A function that the model may call. */
export interface Tool {
  readonly name: string;
  /** JSON schema of its arguments. */
  readonly schema: unknown;
}

export interface ToolRequest {
  readonly tools: readonly Tool[];
  /** `tool_choice` as it was sent. */
  readonly choice: unknown;
  /** Whether the last message is the result of a tool, after which the model talks. */
  readonly afterResult: boolean;
}

/** How often a model that may call a function or talk does call it. */
const CALL_CHANCE = 0.5;

/** The function that the answer calls, and whether it was named by the caller; undefined when the model talks. */
export function chooseTool(request: ToolRequest, random: Random): (Tool & { readonly named: boolean }) | undefined {
  const { tools, choice, afterResult } = request;
  const [first, ...others] = tools;
  if (first === undefined || choice === 'none') return undefined;
  const name = namedTool(choice);
  const named = tools.find((tool) => tool.name === name);
  if (named !== undefined) return { ...named, named: true };
  const calls = choice === 'required' || (!afterResult && random.chance(CALL_CHANCE));
  return calls ? { ...random.pick([first, ...others]), named: false } : undefined;
}

/** Reads `tools`: `{function: {name, parameters}}` of chat completions, or `{name, parameters}` of responses. */
export function readTools(tools: unknown): Tool[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((entry) => {
    const fields = asRecord(entry);
    if (fields?.['type'] !== 'function') return [];
    const tool = asRecord(fields['function']) ?? fields;
    const name = asString(tool['name']);
    return name === undefined ? [] : [{ name, schema: tool['parameters'] }];
  });
}

function namedTool(choice: unknown): string | undefined {
  const fields = asRecord(choice);
  return asString(asRecord(fields?.['function'])?.['name']) ?? asString(fields?.['name']);
}
