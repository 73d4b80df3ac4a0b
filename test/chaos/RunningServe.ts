import { readdirSync, readFileSync } from 'node:fs';
import { startPromptmeter, type PromptmeterProcess } from '../helpers/promptmeterProcess.js';
import { parseExposition, type Sample } from './exposition.js';

export interface ServeOptions {
  /** Where `promptmeter.yaml` lies. */
  readonly cwd: string;
  /** With `/v1` at its end. */
  readonly upstream: string;
  /** The ports to listen on; free ones when absent. */
  readonly ports?: { readonly gateway: string; readonly metrics: string };
  /** What it logs; warnings and worse when absent. */
  readonly logLevel?: 'info' | 'warn';
  /** Gets each line of its log instead of `complaints`. */
  readonly onLog?: (line: string) => void;
}

/** A real `promptmeter serve`, in a process of its own, looked at from outside. */
export class RunningServe {
  private constructor(
    readonly process: PromptmeterProcess,
    readonly gatewayUrl: string,
    readonly metricsUrl: string,
  ) {}

  static async start({ cwd, upstream, ports, logLevel = 'warn', onLog }: ServeOptions): Promise<RunningServe> {
    const started = startPromptmeter(['serve'], {
      cwd,
      built: true,
      ...(onLog !== undefined && { onErrorLine: onLog }),
      env: {
        NODE_ENV: 'production',
        LOG_LEVEL: logLevel,
        OPENAI_BASE_URL: upstream,
        PROMPTMETER_GATEWAY_PORT: ports?.gateway ?? '0',
        PROMPTMETER_METRICS_PORT: ports?.metrics ?? '0',
      },
    });
    await started.printed(2);
    const [gateway, metrics] = started.out.map(urlIn);
    if (gateway === undefined || metrics === undefined) {
      throw new Error(`serve did not start:\n${started.err.join('\n')}`);
    }
    return new RunningServe(started, gateway, metrics);
  }

  get ports(): { readonly gateway: string; readonly metrics: string } {
    return { gateway: new URL(this.gatewayUrl).port, metrics: new URL(this.metricsUrl).port };
  }

  async scrape(): Promise<Sample[]> {
    return parseExposition(await (await fetch(`${this.metricsUrl}/metrics`)).text());
  }

  /** How many files and sockets the process has open. */
  get descriptors(): number {
    return readdirSync(`/proc/${this.process.pid}/fd`).length;
  }

  /** Resident memory of the process in megabytes. */
  get megabytes(): number {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** What it said of failures of its own: an error that nobody took would stand here. */
  get complaints(): readonly string[] {
    return this.process.err.filter((line) => line.trim() !== '');
  }

  /** Ends it at once, if it still runs. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.process.exit;
  }
}

function urlIn(line: string): string | undefined {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null && 'url' in parsed && typeof parsed.url === 'string'
    ? parsed.url
    : undefined;
}
