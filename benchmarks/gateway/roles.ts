import { Child } from '../Child.js';
import { load, type LoadOrder, type LoadResult } from './load.js';
import { dispatchProxy } from './proxies/dispatchProxy.js';
import { httpModuleProxy } from './proxies/httpModuleProxy.js';
import { httpProxyPackage } from './proxies/httpProxyPackage.js';
import { requestProxy } from './proxies/requestProxy.js';
import type { RunningProxy } from './RunningProxy.js';
import { upstream } from './upstream.js';

/** What a process of the benchmark can be: each starts a server in front of an upstream and tells its URL. */
const SERVERS = {
  upstream,
  'undici dispatch': dispatchProxy,
  'undici.request': requestProxy,
  'node:http': httpModuleProxy,
  'http-proxy': httpProxyPackage,
} as const satisfies Record<string, (upstream: string) => Promise<string>>;

export type ServerRole = keyof typeof SERVERS;

type Message = { readonly cpu: true } | { readonly load: LoadOrder };

/** Plays a role in this process for the one that forked it. */
export async function play(role: string, upstreamUrl: string): Promise<void> {
  const startServer = Object.entries(SERVERS).find(([name]) => name === role)?.[1];
  const url = (await startServer?.(upstreamUrl)) ?? '';
  process.on('message', (message: Message) => {
    if ('cpu' in message) process.send?.(cpuMicroseconds());
    else if ('load' in message) void load(message.load).then((result) => process.send?.(result));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(url);
}

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Starts a server in a process of its own. */
export async function startServer(role: ServerRole, upstreamUrl: string): Promise<RunningProxy> {
  const child = inRole(role, upstreamUrl);
  const url = await child.next();
  return {
    url: String(url),
    cpuMicroseconds: async () => Number(await child.ask({ cpu: true })),
    stop: () => child.stop(),
  };
}

export interface Load {
  run(order: LoadOrder): Promise<LoadResult>;
  stop(): void;
}

/** Starts a load generator in a process of its own. */
export async function startLoad(): Promise<Load> {
  const child = inRole('load', '');
  await child.next();
  return { run: async (order) => (await child.ask({ load: order })) as LoadResult, stop: () => child.stop() };
}

const inRole = (role: string, upstream: string): Child<Message> => new Child(['--role', role, '--upstream', upstream]);
