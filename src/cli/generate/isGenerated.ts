import { z } from 'zod';
import { BANNER } from '../../generators/GeneratedFile.js';

const dashboard = z.object({ tags: z.array(z.string()).refine((tags) => tags.includes('generated')) });

/** Whether a file says of itself that it was generated: others are their authors' and are left alone. */
export function isGenerated(text: string): boolean {
  const [firstLine = ''] = text.split('\n', 1);
  return firstLine.includes(BANNER) || dashboard.safeParse(parsed(text)).success;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
