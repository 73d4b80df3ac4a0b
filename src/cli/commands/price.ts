import type { Command } from 'commander';
import type { TokenUsage } from '../../call/usage.js';
import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError } from '../../errors.js';
import { createPriceBook, type PriceExplanation } from '../../pricing/createPriceBook.js';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import { wholeNumber } from '../wholeNumber.js';

interface Options {
  readonly prompt: number;
  readonly cached: number;
  readonly completion: number;
  readonly provider: string;
  readonly tier?: string;
  readonly json?: true;
}

export function registerPrice(program: Command, io: Io): void {
  const command = program
    .command('price')
    .description('Show what a call costs and how that comes about.')
    .argument('<model>', 'the model, as the answer names it')
    .option('--prompt <tokens>', 'prompt tokens, the cached ones included', wholeNumber, 0)
    .option('--cached <tokens>', 'prompt tokens that the API had in its cache', wholeNumber, 0)
    .option('--completion <tokens>', 'completion tokens, reasoning included', wholeNumber, 0)
    .option('--provider <name>', 'the upstream', 'openai')
    .option('--tier <name>', 'the service tier, as the answer names it')
    .option('--json', 'print JSON')
    .action((model: string, options: Options) => {
      showPrice(model, options, io);
    });
  addExamples(command, ['promptmeter price gpt-4o --prompt 2000 --cached 1000 --completion 500']);
}

function showPrice(model: string, { prompt, cached, completion, provider, tier, json }: Options, io: Io): void {
  const usage: TokenUsage = {
    promptTokens: prompt,
    completionTokens: completion,
    totalTokens: prompt + completion,
    details: { cached_prompt: cached },
  };
  const book = createPriceBook(loadConfig(io).prices);
  const explanation = book.explain({ provider, model, usage, serviceTier: tier });
  if (explanation === undefined) {
    const inTier = tier === undefined ? '' : ` in the service tier ${tier}`;
    const message = `no price is known for ${model}${inTier}; name one under prices in promptmeter.yaml`;
    throw new PromptmeterError('check_failed', message);
  }
  if (json) io.stdout(JSON.stringify({ model, provider, ...explanation }));
  else for (const line of asText(explanation)) io.stdout(line);
}

function asText({ source, pricedAs, tier, lines, usd }: PriceExplanation): string[] {
  const origin = source === 'override' ? 'promptmeter.yaml' : 'the public price data';
  const rows = lines.map((line) => [
    line.what,
    line.tokens === 0 ? '' : `${line.tokens} tokens`,
    line.tokens === 0 ? '' : `at $${plain(line.usdPerMillion)} a million`,
    `$${plain(line.usd)}`,
  ]);
  return [`${pricedAs}, ${tier} tier, by ${origin}`, ...aligned([...rows, ['cost', '', '', `$${plain(usd)}`]])];
}

/** Without exponents, and without the noise of binary fractions. */
function plain(usd: number): string {
  return usd.toFixed(12).replace(/\.?0+$/, '');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(width(column))).join('  ')}`.trimEnd());
}
