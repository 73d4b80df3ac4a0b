/** A log-normal distribution: half of its values are below the median. */
export interface LogNormal {
  readonly median: number;
  readonly sigma: number;
}

export type ModelKind = 'chat' | 'completion' | 'embedding' | 'moderation';

/** How one model of the simulated API behaves. */
export interface SimulatedModel {
  readonly name: string;
  /** The dated name that answers carry. */
  readonly snapshot: string;
  readonly kind: ModelKind;
  /** Unix seconds at which the model came out. */
  readonly created: number;
  /** Milliseconds from the request to the first visible token. */
  readonly firstTokenMs: LogNormal;
  /** Milliseconds from one token to the next. */
  readonly tokenMs: LogNormal;
  /** Tokens of a prompt that traffic sends. */
  readonly promptTokens: LogNormal;
  /** Visible tokens of an answer. */
  readonly completionTokens: LogNormal;
  /** Hidden tokens before the first visible one; only models that reason have them. */
  readonly reasoningTokens?: LogNormal;
  /** Most tokens of prompt and answer together. */
  readonly contextWindow: number;
  /** Most tokens of an answer. */
  readonly maxOutput: number;
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  /** Length of an embedding. */
  readonly dimensions?: number;
}

const log = (median: number, sigma: number): LogNormal => ({ median, sigma });

const CHAT = {
  kind: 'chat',
  promptTokens: log(350, 0.4),
  completionTokens: log(120, 0.5),
  tokenMs: log(10, 0.5),
  contextWindow: 128_000,
  maxOutput: 16_384,
  requestsPerMinute: 10_000,
  tokensPerMinute: 30_000_000,
} as const;

const SILENT = {
  promptTokens: log(200, 0.4),
  completionTokens: log(0, 0),
  tokenMs: log(0, 0),
  contextWindow: 8_192,
  maxOutput: 0,
  requestsPerMinute: 10_000,
  tokensPerMinute: 10_000_000,
} as const;

/**
 * The models that the simulator knows unless told otherwise. Names, snapshots, context windows and limits (tier 5) as
 * https://platform.openai.com/docs/models lists them (2026-11). The timings are ours: alive, and far enough below the
 * default thresholds that normal traffic never warns (tail of the first token beyond 2 s, and of a call beyond 10 s,
 * both under 3 %).
 */
export const SIMULATED_MODELS: readonly SimulatedModel[] = [
  { ...CHAT, name: 'gpt-4o', snapshot: 'gpt-4o-2024-08-06', created: 1_715_367_049, firstTokenMs: log(450, 0.4) },
  {
    ...CHAT,
    name: 'gpt-4o-mini',
    snapshot: 'gpt-4o-mini-2024-07-18',
    created: 1_721_172_741,
    firstTokenMs: log(350, 0.4),
    tokenMs: log(8, 0.5),
    requestsPerMinute: 30_000,
    tokensPerMinute: 150_000_000,
  },
  {
    ...CHAT,
    name: 'gpt-4.1',
    snapshot: 'gpt-4.1-2025-04-14',
    created: 1_744_316_542,
    firstTokenMs: log(500, 0.4),
    contextWindow: 1_047_576,
    maxOutput: 32_768,
  },
  {
    ...CHAT,
    name: 'gpt-4.1-mini',
    snapshot: 'gpt-4.1-mini-2025-04-14',
    created: 1_744_318_173,
    firstTokenMs: log(400, 0.4),
    tokenMs: log(8, 0.5),
    contextWindow: 1_047_576,
    maxOutput: 32_768,
    requestsPerMinute: 30_000,
    tokensPerMinute: 150_000_000,
  },
  {
    ...CHAT,
    name: 'o4-mini',
    snapshot: 'o4-mini-2025-04-16',
    created: 1_744_225_351,
    firstTokenMs: log(900, 0.35),
    reasoningTokens: log(256, 0.5),
    contextWindow: 200_000,
    maxOutput: 100_000,
    requestsPerMinute: 30_000,
    tokensPerMinute: 150_000_000,
  },
  {
    ...CHAT,
    name: 'gpt-5',
    snapshot: 'gpt-5-2025-08-07',
    created: 1_754_425_777,
    firstTokenMs: log(900, 0.35),
    tokenMs: log(12, 0.5),
    reasoningTokens: log(192, 0.5),
    contextWindow: 400_000,
    maxOutput: 128_000,
    requestsPerMinute: 15_000,
    tokensPerMinute: 40_000_000,
  },
  {
    ...CHAT,
    name: 'gpt-5-mini',
    snapshot: 'gpt-5-mini-2025-08-07',
    created: 1_754_425_928,
    firstTokenMs: log(700, 0.35),
    tokenMs: log(8, 0.5),
    reasoningTokens: log(128, 0.5),
    contextWindow: 400_000,
    maxOutput: 128_000,
    requestsPerMinute: 30_000,
    tokensPerMinute: 180_000_000,
  },
  {
    ...CHAT,
    name: 'gpt-3.5-turbo-instruct',
    snapshot: 'gpt-3.5-turbo-instruct:20230824-v2',
    kind: 'completion',
    created: 1_692_901_427,
    firstTokenMs: log(300, 0.4),
    completionTokens: log(16, 0.3),
    contextWindow: 4_096,
    maxOutput: 4_096,
  },
  {
    ...SILENT,
    name: 'text-embedding-3-small',
    snapshot: 'text-embedding-3-small',
    kind: 'embedding',
    created: 1_705_948_997,
    firstTokenMs: log(90, 0.4),
    dimensions: 1536,
  },
  {
    ...SILENT,
    name: 'text-embedding-3-large',
    snapshot: 'text-embedding-3-large',
    kind: 'embedding',
    created: 1_705_953_180,
    firstTokenMs: log(140, 0.4),
    dimensions: 3072,
  },
  {
    ...SILENT,
    name: 'omni-moderation-latest',
    snapshot: 'omni-moderation-2024-09-26',
    kind: 'moderation',
    created: 1_731_689_265,
    firstTokenMs: log(120, 0.4),
  },
];

/** The model by its alias or by its dated name. */
export function findModel(models: readonly SimulatedModel[], name: string): SimulatedModel | undefined {
  return models.find((model) => model.name === name || model.snapshot === name);
}
