import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuOf } from '../cpuOf.js';
import { freeAddress } from '../freeAddress.js';
import type { RunningProxy } from '../RunningProxy.js';

export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).status === 0;

/** nginx as one process that passes on what comes without holding it back. */
export async function startNginx(upstream: string): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'promptmeter-bench-'));
  const url = await freeAddress();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, new URL(url).host, new URL(upstream).host));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  while ((await fetch(url).catch(() => undefined)) === undefined && child.exitCode === null) await wait(50);
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) throw new Error('nginx did not start');
  return {
    url,
    cpuMicroseconds: () => Promise.resolve(cpuOf(pid)),
    stop: () => {
      child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      child.kill();
    },
  };
}

const configuration = (folder: string, listen: string, upstream: string): string => `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${folder}/${each};`).join(' ')}
  upstream api { server ${upstream}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen ${listen};
    location / { proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
  }
}
`;
