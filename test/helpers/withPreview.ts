import { readWebAssets } from '../../src/cli/preview/webAssets.js';
import { listenPreview } from '../../src/cli/preview/PreviewServer.js';
import type { PreviewOptions } from '../../src/preview/PreviewOptions.js';

/** Starts a preview on a free port, hands over its address and closes it. */
export async function withPreview(
  options: Partial<PreviewOptions> & Pick<PreviewOptions, 'prometheusUrl'>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const assets = await readWebAssets();
  const server = await listenPreview({ dashboards: () => Promise.resolve([]), assets, ...options }, '127.0.0.1', 0);
  try {
    await use(`${server.url}${options.prefix ?? ''}`);
  } finally {
    await server.close();
  }
}
