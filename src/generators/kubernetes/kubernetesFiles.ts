import { dump, load } from 'js-yaml';
import { BANNER, type GeneratedFile } from '../GeneratedFile.js';

export interface KubernetesOptions {
  /** Where the objects go; undefined leaves it to `kubectl -n`. */
  readonly namespace?: string | undefined;
  /** Further labels of every object, such as the `release` by which a Prometheus operator selects its rules. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const OWN_LABELS = { 'app.kubernetes.io/name': 'promptmeter', 'app.kubernetes.io/managed-by': 'promptmeter' };
/** What the sidecar of Grafana's Helm chart looks for. https://github.com/grafana/helm-charts/tree/main/charts/grafana */
const DASHBOARD_LABEL = { grafana_dashboard: '1' };
const FOLDER_ANNOTATION = { grafana_folder: 'Promptmeter' };

/**
 * The dashboards as ConfigMaps that Grafana's sidecar loads and the rules as PrometheusRules of the Prometheus operator,
 * one file each, with a kustomization of all: `kubectl apply -k kubernetes`.
 */
export function kubernetesFiles(
  files: readonly GeneratedFile[],
  options: KubernetesOptions = {},
): readonly GeneratedFile[] {
  const manifests = files.flatMap((file) => manifestOf(file, options) ?? []);
  const resources = manifests.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
  return [...manifests, { path: 'kubernetes/kustomization.yaml', content: yaml(kustomization) }];
}

function manifestOf({ path, content }: GeneratedFile, options: KubernetesOptions): GeneratedFile | undefined {
  const [, folder, name = ''] = /^(dashboards|alerts)\/([\w-]+)\.(?:json|yml)$/.exec(path) ?? [];
  if (folder === 'dashboards') {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...metadata(`promptmeter-dashboard-${name}`, options, DASHBOARD_LABEL),
        annotations: FOLDER_ANNOTATION,
      },
      data: { [`promptmeter-${name}.json`]: content },
    };
    return { path: `kubernetes/dashboard-${name}.yaml`, content: yaml(object) };
  }
  if (folder === 'alerts') {
    const object = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: metadata(`promptmeter-rules-${name}`, options),
      spec: load(content),
    };
    return { path: `kubernetes/rules-${name}.yaml`, content: yaml(object) };
  }
  return undefined;
}

function metadata(name: string, { namespace, labels }: KubernetesOptions, own: Readonly<Record<string, string>> = {}) {
  return { name, ...(namespace !== undefined && { namespace }), labels: { ...OWN_LABELS, ...labels, ...own } };
}

/** Lines are left as long as they are, so that a dashboard stays the JSON that one can read. */
function yaml(object: object): string {
  return `# ${BANNER}\n${dump(object, { lineWidth: -1, noRefs: true })}`;
}
