import { InvalidArgumentError, Option, type Command } from 'commander';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import type { PreviewCommand } from '../preview/preview.js';

export function registerPreview(program: Command, io: Io): void {
  const command = program
    .command('preview')
    .description('Draw the dashboards in the browser from Prometheus, without Grafana.')
    .option('--prometheus-url <url>', 'where Prometheus answers', webAddress, 'http://127.0.0.1:9090')
    .option('--grafana-url <url>', 'where Grafana answers, so that the page links to it', webAddress)
    .option('--traces-url <url>', 'where a trace is shown, with {trace_id} for its id', webAddress)
    .option('--dashboards <folder>', 'the folder of the dashboards', 'dashboards')
    .option('--port <port>', 'the port to serve on; 0 picks a free one', port, 9465)
    .option('--scrape-interval <duration>', 'how often Prometheus scrapes', duration, '15s')
    .option('--png <folder>', 'write a picture of each board into this folder and end')
    .option('--dashboard <uid>', 'of this board only, with --png')
    .option('--from <duration>', 'how far back the pictures go', duration, '1h')
    .addOption(new Option('--theme <theme>', 'the look of the pictures').choices(['dark', 'light']).default('dark'))
    .action(async (options: PreviewCommand) => {
      const { preview } = await import('../preview/preview.js');
      await preview(options, io);
    });
  addExamples(command, [
    'promptmeter preview',
    'promptmeter preview --prometheus-url http://prometheus:9090 --port 0',
    'promptmeter preview --png docs/images --from 6h --theme light',
  ]);
}

function webAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:9090.');
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a port from 0 to 65535.');
}

function duration(text: string): string {
  const plain = text.replace(/^now-/, '');
  if (/^(\d+(ms|[smhdw]))+$/.test(plain)) return plain;
  throw new InvalidArgumentError('It must be a duration such as 30m, 6h or 7d.');
}
