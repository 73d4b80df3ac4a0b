import { runInNewContext } from 'node:vm';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { z } from 'zod';
import { committed } from '../helpers/repository.js';

const dockerfile = committed('Dockerfile');
/** What ends up in the image: the lines of its last stage. */
const image = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
const service = z.looseObject({
  image: z.string(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  read_only: z.boolean().optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
});
const { services } = z
  .object({ services: z.record(z.string(), service) })
  .parse(load(committed('docker-compose.yml'), { schema: YAML11_SCHEMA }));
const named = Object.entries(services).map(([name, each]) => ({ name, ...each }));

describe('the image', () => {
  test('runs as a user that is not root, told by number', () => {
    expect([...image.matchAll(/^USER (.*)$/gm)].map(([, user]) => user)).toEqual(['1000:1000']);
  });

  test('takes nothing from whoever builds it that could be a secret', () => {
    expect(image).not.toMatch(/^(ARG|RUN|ADD) /m);
    expect(dockerfile).not.toMatch(/(TOKEN|SECRET|PASSWORD|API_KEY)\b/);
    expect(dockerfile).not.toMatch(/^COPY .*\B(\.env|\.npmrc)/m);
  });

  test('is built from a short list of files, all else is not even sent to the builder', () => {
    const [first, ...rest] = committed('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(rest.filter((line) => !line.startsWith('!'))).toEqual([]);
    expect(rest.filter((line) => /env|npmrc|secret|\*/.test(line))).toEqual([]);
  });

  test('begins from images of a fixed version', () => {
    for (const [, from] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(from).toMatch(/^node:\d+-bookworm-slim$/);
  });
});

describe('the build of the image', () => {
  const guard = /^RUN node -e "(.*)"$/m.exec(dockerfile)?.[1] ?? '';
  const complaint = (node: string): string | undefined => {
    try {
      runInNewContext(guard, { process: { version: `v${node}`, versions: { node } } });
      return undefined;
    } catch (error) {
      return String(error);
    }
  };

  test.each(['20.20.2', '24.9.0', '24.18.0'])('fails with Node.js %s, whose HTTP parser is not mended', (node) => {
    expect(complaint(node)).toContain('docker pull');
  });

  test.each(['24.18.1', '24.22.1', '26.0.0'])('goes on with Node.js %s', (node) => {
    expect(complaint(node)).toBeUndefined();
  });
});

describe.each(named)('the compose service $name', (each) => {
  test('has no capabilities, can gain none, and shares nothing of the host', () => {
    expect(each.cap_drop).toEqual(['ALL']);
    expect(each.security_opt).toEqual(['no-new-privileges:true']);
    expect(each.volumes.filter((volume) => !/^(\.\/.*:ro|[a-z]+-data:\/\S+)$/.test(volume))).toEqual([]);
  });

  test.each(['cap_add', 'privileged', 'network_mode', 'pid', 'ipc', 'devices', 'user'])('says nothing of %s', (key) => {
    expect(each).not.toHaveProperty(key);
  });

  test('is open on this machine only', () => {
    expect(each.ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('has no secret written in the file', () => {
    const secrets = Object.entries(each.environment).filter(([key]) => /TOKEN|PASSWORD|KEY|SECRET/.test(key));
    expect(secrets.filter(([, value]) => !/^\$\{\w+:-\}$/.test(value))).toEqual([]);
  });

  test('is an image of a fixed version, and our own has a root that nobody can write', () => {
    if (each.image === 'promptmeter') expect(each.read_only).toBe(true);
    else expect(each.image).toMatch(/^[a-z/]+:v?\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/);
  });
});
