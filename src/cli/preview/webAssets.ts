import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingServiceError } from '../../errors.js';
import type { WebAsset } from '../../preview/PreviewOptions.js';

/** Where the build puts them, seen from src/ and from dist/ alike. */
const FOLDER = new URL('../../../dist/preview/web/', import.meta.url);
const NAMES = ['main.js', 'main.css'] as const;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * The browser's part of the preview.
 * @throws MissingServiceError when it isn't built.
 */
export async function readWebAssets(): Promise<ReadonlyMap<string, WebAsset>> {
  const files = NAMES.map(async (name): Promise<[string, WebAsset]> => {
    const body = await readFile(fileURLToPath(new URL(name, FOLDER)));
    return [name, { contentType: TYPES[extname(name)] ?? 'application/octet-stream', body }];
  });
  try {
    return new Map(await Promise.all(files));
  } catch (error) {
    throw new MissingServiceError('the preview is not built; run `npm run build` and try again', { cause: error });
  }
}
