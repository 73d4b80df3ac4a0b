import type { ProgramName } from '../programs/names.js';

/** One program that is run over files which are there. */
export interface ProgramCheck {
  readonly check: string;
  readonly program: ProgramName;
  readonly args: readonly string[];
  /** Files that follow the arguments: one that exists, or every one of a folder that ends so. */
  readonly files: { readonly folder: string; readonly ending: string };
}

export const PROGRAM_CHECKS: readonly ProgramCheck[] = [
  {
    check: 'alert rules',
    program: 'promtool',
    args: ['check', 'rules'],
    files: { folder: 'alerts', ending: '.yml' },
  },
  {
    check: 'tests of the alert rules',
    program: 'promtool',
    args: ['test', 'rules'],
    files: { folder: 'alerts/tests', ending: '.yml' },
  },
  {
    check: 'Prometheus configuration',
    program: 'promtool',
    args: ['check', 'config', '--syntax-only'],
    files: { folder: 'prometheus', ending: 'prometheus.yml' },
  },
  {
    check: 'Alertmanager configuration',
    program: 'amtool',
    args: ['check-config'],
    files: { folder: 'alertmanager', ending: 'alertmanager.yml' },
  },
];
