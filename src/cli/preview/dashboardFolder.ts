import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import type { DashboardFile } from '../../preview/PreviewOptions.js';

/**
 * The dashboards of a folder, Promptmeter's own first, others by file name.
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

/** Of Promptmeter's own boards, in the order in which one would look at them. */
const ORDER = ['overview', 'latency', 'errors', 'cost', 'service-levels', 'capacity', 'promptmeter'];

function rank(name: string): number {
  const at = ORDER.indexOf(name.replace(/\.json$/, ''));
  return at === -1 ? ORDER.length : at;
}
