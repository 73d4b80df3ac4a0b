import type { ProgramName } from '../programs/names.js';

/** One program that is run over files which are there. */
export interface ProgramCheck {
  readonly check: string;
  readonly program: ProgramName;
  readonly args: readonly string[];
  readonly folder: string;
  /** Files of the folder that follow the arguments; `*` stands for any beginning. */
  readonly names: string;
}

export const PROGRAM_CHECKS: readonly ProgramCheck[] = [
  {
    check: 'alert rules',
    program: 'promtool',
    args: ['check', 'rules'],
    folder: 'alerts',
    names: '*.yml',
  },
  {
    check: 'tests of the alert rules',
    program: 'promtool',
    args: ['test', 'rules'],
    folder: 'alerts/tests',
    names: '*.yml',
  },
  {
    check: 'Prometheus configuration',
    program: 'promtool',
    args: ['check', 'config', '--syntax-only'],
    folder: 'prometheus',
    names: 'prometheus.yml',
  },
  {
    check: 'Alertmanager configuration',
    program: 'amtool',
    args: ['check-config'],
    folder: 'alertmanager',
    names: 'alertmanager.yml',
  },
];
