import type { Config } from '../../config/Config.js';
import { generateFiles, type GeneratedFile } from '../../generators/index.js';
import { kubernetesFiles, type KubernetesOptions } from '../../generators/kubernetes/kubernetesFiles.js';
import type { Target } from './targetNames.js';

/** What a target writes, and the folders in which it leaves nothing else that was generated. */
export interface Generated {
  readonly files: readonly GeneratedFile[];
  readonly folders: readonly string[];
}

/** Dashboards, rules and pages of the repository, or the same dashboards and rules as objects of Kubernetes. */
export function generatedFor(target: Target, config: Config, options: KubernetesOptions): Generated {
  const files = generateFiles(config);
  switch (target) {
    case 'files':
      return { files, folders: ['dashboards', 'alerts'] };
    case 'kubernetes':
      return { files: kubernetesFiles(files, options), folders: ['kubernetes'] };
  }
}
