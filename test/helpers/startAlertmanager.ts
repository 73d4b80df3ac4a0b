import { startListening, type ListeningProgram } from './listeningProgram.js';
import type { TemporaryFolder } from './temporaryFolder.js';

export type RunningAlertmanager = ListeningProgram;

/** A real Alertmanager on a free port with this configuration. */
export function startAlertmanager(folder: TemporaryFolder, config: string): Promise<RunningAlertmanager> {
  folder.write('alertmanager.yml', config);
  return startListening(
    'alertmanager',
    [
      `--config.file=${folder.path}/alertmanager.yml`,
      `--storage.path=${folder.path}/alertmanager`,
      '--cluster.listen-address=',
    ],
    (line) => line.includes('Listening on'),
  );
}
