import type { Command } from 'commander';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import { day } from '../optionValues.js';
import { showPrice, type PriceOptions } from '../price/showPrice.js';
import { wholeNumber } from '../wholeNumber.js';

export function registerPrice(program: Command, io: Io): void {
  const command = program
    .command('price')
    .description('Show what a call costs and how that comes about.')
    .argument('<model>', 'the model, as the answer names it')
    .option('--prompt <tokens>', 'prompt tokens, all parts of them included', wholeNumber)
    .option('--cached <tokens>', 'prompt tokens that the API had in its cache', wholeNumber)
    .option('--cache-write <tokens>', 'prompt tokens that the API put into its cache', wholeNumber)
    .option('--audio-prompt <tokens>', 'prompt tokens that are audio', wholeNumber)
    .option('--image-prompt <tokens>', 'prompt tokens that are images', wholeNumber)
    .option('--completion <tokens>', 'completion tokens, reasoning included', wholeNumber)
    .option('--audio-completion <tokens>', 'completion tokens that are audio', wholeNumber)
    .option('--image-completion <tokens>', 'completion tokens that are images', wholeNumber)
    .option('--images <count>', 'images that were made', wholeNumber)
    .option('--size <name>', 'their size, such as 1024x1024')
    .option('--quality <name>', 'their quality, such as hd')
    .option('--audio-seconds <seconds>', 'length of the audio that went in', wholeNumber)
    .option('--characters <count>', 'characters that were spoken', wholeNumber)
    .option('--provider <name>', 'the upstream', 'openai')
    .option('--tier <name>', 'the service tier, as the answer names it: default, flex, batch, fast, ...')
    .option('--date <day>', 'the price of this day, such as 2026-11-01', day)
    .option('--json', 'print JSON')
    .action((model: string, options: PriceOptions) => {
      showPrice(model, options, io);
    });
  addExamples(command, [
    'promptmeter price gpt-4o --prompt 2000 --cached 1000 --completion 500',
    'promptmeter price gpt-5 --prompt 100000 --completion 8000 --tier flex',
    'promptmeter price whisper-1 --audio-seconds 90',
  ]);
}
