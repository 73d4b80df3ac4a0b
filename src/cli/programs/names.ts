/** The programs that Promptmeter starts but doesn't contain. */
export const PROGRAM_NAMES = ['prometheus', 'promtool', 'alertmanager', 'amtool'] as const;
export type ProgramName = (typeof PROGRAM_NAMES)[number];

interface ProgramFacts {
  /** File names in the order they are looked for: Debian renames Alertmanager. */
  readonly files: readonly string[];
  /** Debian packages that may hold it; promtool moved to a package of its own after Debian 13. */
  readonly packages: readonly string[];
}

export const PROGRAMS = {
  prometheus: { files: ['prometheus'], packages: ['prometheus'] },
  promtool: { files: ['promtool'], packages: ['prometheus', 'promtool'] },
  alertmanager: { files: ['alertmanager', 'prometheus-alertmanager'], packages: ['prometheus-alertmanager'] },
  amtool: { files: ['amtool'], packages: ['prometheus-alertmanager'] },
} as const satisfies Record<ProgramName, ProgramFacts>;

export const DOWNLOAD_PAGE = 'https://prometheus.io/download/';

/** Servers come with files that they read; the others are a file each. */
export function isServer(name: ProgramName): boolean {
  return name === 'prometheus' || name === 'alertmanager';
}
