import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import type { DashboardFile } from '../../preview/PreviewOptions.js';

/**
 * The dashboards of a folder, sorted by file name; the overview, if any, comes first.
 * @throws UsageError when the folder can't be read.
 */
export async function readDashboards(folder: string): Promise<readonly DashboardFile[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const sorted = names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
    return await Promise.all(
      sorted.map(async (name) => ({ name, content: await readFile(join(folder, name), 'utf8') })),
    );
  } catch (error) {
    throw new UsageError(`the dashboards in ${folder} can't be read; give their folder with --dashboards`, {
      cause: error,
    });
  }
}

function rank(name: string): number {
  return name.startsWith('overview') ? 0 : 1;
}
