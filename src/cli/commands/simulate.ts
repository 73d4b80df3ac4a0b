import { Argument, Option, type Command } from 'commander';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import type { ApiOptions } from '../simulate/api.js';
import type { IncidentOptions } from '../simulate/incident.js';
import { duration, durationOption, port, portFrom, positiveNumber, textFrom } from '../simulate/optionValues.js';
import type { TrafficOptions } from '../simulate/traffic.js';
import { wholeNumber } from '../wholeNumber.js';

/** Where the simulator listens unless told otherwise. */
const PORT = 8081;
const HOST = '127.0.0.1';
const DEMO_URL = 'http://127.0.0.1:8080/demo/v1';
const METRICS_URL = 'http://127.0.0.1:9464';

/** `promptmeter simulate api | traffic | incident`. Their code is loaded only when one of them runs. */
export function registerSimulate(program: Command, io: Io): void {
  const command = program.command('simulate').description('Simulate the OpenAI API, calls to it, and incidents.');
  addExamples(command, [
    'promptmeter simulate api',
    'promptmeter simulate traffic',
    'promptmeter simulate incident errors --for 5m',
  ]);
  registerApi(command, io);
  registerTraffic(command, io);
  registerIncident(command, io);
}

function registerApi(simulate: Command, io: Io): void {
  const command = simulate
    .command('api')
    .description('Run an OpenAI-compatible API that makes its answers up, until told to stop.')
    .option('--port <number>', `port, 0 for any free one (${PORT}, or PROMPTMETER_SIMULATOR_PORT)`, port)
    .option('--host <address>', `address to listen on (${HOST}, or PROMPTMETER_SIMULATOR_HOST)`)
    .option('--seed <number>', 'the same seed gives the same answers', wholeNumber, 1)
    .option('--speed <factor>', 'divides every delay', positiveNumber, 1)
    .action(async (options: Partial<ApiOptions> & Pick<ApiOptions, 'seed' | 'speed'>) => {
      const { simulateApi } = await import('../simulate/api.js');
      const host = options.host ?? textFrom('PROMPTMETER_SIMULATOR_HOST', io.env) ?? HOST;
      const given = options.port ?? portFrom('PROMPTMETER_SIMULATOR_PORT', io.env) ?? PORT;
      await simulateApi({ ...options, host, port: given }, io);
    });
  addExamples(command, ['promptmeter simulate api --port 8081 --seed 7']);
}

function registerTraffic(simulate: Command, io: Io): void {
  const command = simulate
    .command('traffic')
    .description('Call an API through the gateway as an application with users would, until told to stop.')
    .option('--base-url <url>', 'where the calls go', DEMO_URL)
    .option('--rate <number>', 'calls a second, as the mean of a day', positiveNumber, 3)
    .option('--seed <number>', 'the same seed makes the same calls', wholeNumber, 1)
    .option('--for <duration>', 'stop after this long', duration)
    .option('--metrics-url <url>', `exporter that is told what users did (${METRICS_URL}, or PROMPTMETER_METRICS_URL)`)
    .option('--json', 'print JSON')
    .action(async (options: Omit<TrafficOptions, 'metricsUrl' | 'metricsToken'> & { metricsUrl?: string }) => {
      const { simulateTraffic } = await import('../simulate/traffic.js');
      const metricsUrl = options.metricsUrl ?? textFrom('PROMPTMETER_METRICS_URL', io.env) ?? METRICS_URL;
      const metricsToken = textFrom('PROMPTMETER_METRICS_TOKEN', io.env);
      await simulateTraffic({ ...options, metricsUrl, metricsToken }, io);
    });
  addExamples(command, ['promptmeter simulate traffic --base-url http://127.0.0.1:8080/demo/v1 --rate 5 --for 10m']);
}

function registerIncident(simulate: Command, io: Io): void {
  const command = simulate
    .command('incident')
    .description('Make a running simulator slow, failing or expensive for a while, or well again.')
    .addArgument(
      new Argument('<kind>', 'what goes wrong; clear ends all incidents').choices([
        'latency',
        'errors',
        'cost',
        'clear',
      ]),
    )
    .addOption(durationOption('--for <duration>', 'how long', '5m'))
    .addOption(
      new Option('--severity <severity>', 'which threshold to cross')
        .choices(['warning', 'critical'])
        .default('critical'),
    )
    .option('--simulator-url <url>', `the simulator (http://${HOST}:${PORT}, or PROMPTMETER_SIMULATOR_URL)`)
    .option('--json', 'print JSON')
    .action(
      async (
        kind: IncidentOptions['kind'],
        options: Omit<IncidentOptions, 'kind' | 'simulatorUrl'> & { simulatorUrl?: string },
      ) => {
        const { simulateIncident } = await import('../simulate/incident.js');
        const usual = textFrom('PROMPTMETER_SIMULATOR_URL', io.env) ?? `http://${HOST}:${PORT}`;
        await simulateIncident({ ...options, kind, simulatorUrl: options.simulatorUrl ?? usual }, io);
      },
    );
  addExamples(command, [
    'promptmeter simulate incident errors --for 5m',
    'promptmeter simulate incident latency --severity warning',
    'promptmeter simulate incident clear',
  ]);
}
