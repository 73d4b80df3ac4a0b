import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { residentMegabytes } from '../residentMegabytes.js';

const TELL = join(process.cwd(), 'benchmarks/streams/tellMemory.cjs');
const PROGRAM = join(process.cwd(), 'dist/cli/main.js');

/** A proxy in a process of its own that tells how much memory it takes. */
export class TellingProxy {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** `promptmeter serve` as in production. */
  static async promptmeter(upstream: string): Promise<TellingProxy> {
    const child = launch([PROGRAM, 'serve'], {
      NODE_ENV: 'production',
      OPENAI_BASE_URL: `${upstream}/v1`,
      PROMPTMETER_GATEWAY_PORT: '0',
      PROMPTMETER_METRICS_PORT: '0',
    });
    if (child.stdout === null) throw new Error('serve has no output');
    const lines = createInterface({ input: child.stdout });
    const [line] = (await once(lines, 'line')) as [string];
    const { url } = JSON.parse(line) as { readonly url: string };
    return new TellingProxy(child, url);
  }

  /** The proxy that measures nothing, for what is the sockets' own. */
  static async unmetered(upstream: string): Promise<TellingProxy> {
    const role = ['--role', 'undici dispatch', '--upstream', upstream];
    const child = launch([process.argv[1] ?? '', ...role], { NODE_ENV: 'production' });
    const [url] = (await once(child, 'message')) as [string];
    return new TellingProxy(child, url);
  }

  /** Bytes on the heap and outside it after garbage collection. */
  async bytes(): Promise<number> {
    const answer = once(this.child, 'message');
    this.child.send({ memory: true });
    const [{ bytes }] = (await answer) as [{ readonly bytes: number }];
    return bytes;
  }

  get residentMegabytes(): number {
    return residentMegabytes(this.child.pid ?? 0);
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--require', TELL, ...args], {
    cwd: tmpdir(),
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}
