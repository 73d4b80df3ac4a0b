import { load } from 'js-yaml';
import { z } from 'zod';
import { generateFiles } from '../../../../src/generators/index.js';
import { kubernetesFiles } from '../../../../src/generators/kubernetes/kubernetesFiles.js';
import { configOf } from '../../../helpers/configOf.js';

const manifest = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]$/),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  data: z.record(z.string(), z.string()).optional(),
  spec: z.unknown().optional(),
});

const files = generateFiles(configOf());
const manifestsOf = (options = {}) =>
  kubernetesFiles(files, options)
    .filter(({ path }) => !path.endsWith('/kustomization.yaml'))
    .map(({ path, content }) => ({ path, ...manifest.parse(load(content)) }));
const sources = (folder: string) => files.filter(({ path }) => path.startsWith(folder) && !path.includes('/tests/'));

test('each dashboard is a ConfigMap that the sidecar of Grafana finds, with the very file in it', () => {
  const maps = manifestsOf().filter(({ kind }) => kind === 'ConfigMap');
  expect(maps.map(({ data }) => Object.values(data ?? {})[0]).sort()).toEqual(
    sources('dashboards/')
      .map(({ content }) => content)
      .sort(),
  );
  for (const { apiVersion, metadata } of maps) {
    expect(apiVersion).toBe('v1');
    expect(metadata.labels['grafana_dashboard']).toBe('1');
    expect(metadata.annotations).toEqual({ grafana_folder: 'Promptmeter' });
  }
});

test('each rule file is a PrometheusRule with the same groups', () => {
  const rules = manifestsOf().filter(({ kind }) => kind === 'PrometheusRule');
  expect(rules.map(({ spec }) => spec)).toEqual(sources('alerts/').map(({ content }) => load(content)));
  for (const { apiVersion } of rules) expect(apiVersion).toBe('monitoring.coreos.com/v1');
});

test('every object has a name of its own, and kubectl apply -k takes all of them', () => {
  const manifests = manifestsOf();
  expect(new Set(manifests.map(({ metadata }) => metadata.name)).size).toBe(manifests.length);
  const kustomization = kubernetesFiles(files).find(({ path }) => path === 'kubernetes/kustomization.yaml');
  expect(load(kustomization?.content ?? '')).toMatchObject({
    kind: 'Kustomization',
    resources: manifests.map(({ path }) => path.replace('kubernetes/', '')),
  });
});

test('the limit of 1 MiB for a ConfigMap and of 256 KiB for what kubectl apply remembers of an object are kept', () => {
  for (const { content } of kubernetesFiles(files)) expect(Buffer.byteLength(content)).toBeLessThan(256 * 1024);
});

test('a namespace and further labels are on every object', () => {
  for (const { metadata } of manifestsOf({ namespace: 'monitoring', labels: { release: 'prometheus' } })) {
    expect(metadata).toMatchObject({ namespace: 'monitoring', labels: { release: 'prometheus' } });
  }
  for (const { metadata } of manifestsOf()) expect(metadata).not.toHaveProperty('namespace');
});
