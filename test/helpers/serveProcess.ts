import { startPromptmeter, type PromptmeterProcess } from './promptmeterProcess.js';
import { temporaryFolder, type TemporaryFolder } from './temporaryFolder.js';

export interface ServeProcess extends PromptmeterProcess {
  readonly gatewayUrl: string;
  readonly gatewayPort: number;
  readonly metricsUrl: string;
  readonly metricsPort: number;
  /** The folder it runs in, with its promptmeter.yaml. */
  readonly folder: TemporaryFolder;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** `promptmeter serve` in a process of its own, on free ports, with this promptmeter.yaml. */
export async function startServe(yaml: string, env: Readonly<Record<string, string>> = {}): Promise<ServeProcess> {
  const folder = temporaryFolder();
  folder.write('promptmeter.yaml', yaml);
  const started = startPromptmeter(['serve'], {
    cwd: folder.path,
    env: { PROMPTMETER_GATEWAY_PORT: '0', PROMPTMETER_METRICS_PORT: '0', NODE_ENV: 'production', ...env },
  });
  await started.printed(2);
  const [gateway, metrics] = started.out.map((line) => (JSON.parse(line) as { url: string }).url);
  if (gateway === undefined || metrics === undefined) {
    folder.remove();
    throw new Error(`serve did not start:\n${started.err.join('\n')}`);
  }
  return {
    ...started,
    gatewayUrl: gateway,
    gatewayPort: Number(new URL(gateway).port),
    metricsUrl: metrics,
    metricsPort: Number(new URL(metrics).port),
    folder,
    stop: async () => {
      started.kill('SIGKILL');
      await started.exit;
      folder.remove();
    },
  };
}
