import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { escapeHtml } from './inertText.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884; }
td { overflow-wrap: anywhere; } td.time { white-space: nowrap; }
.critical { color: #c4162a; font-weight: 600; } .warning { color: #b35900; font-weight: 600; }
@media (prefers-color-scheme: dark) { .critical { color: #ff7383; } .warning { color: #ffb357; } }
small { opacity: .75; }`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Sends a page that runs no script and loads nothing; `body` is HTML, `title` is text. */
export function sendPage(response: Response, title: string, body: string, refreshSeconds?: number): void {
  const refresh = refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">\n`;
  response
    .set('Content-Security-Policy', `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`)
    .type('text/html')
    .send(
      `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n` +
        `<meta name="viewport" content="width=device-width, initial-scale=1">\n${refresh}` +
        `<title>${escapeHtml(title)}</title>\n<style>${STYLE}</style>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</html>\n`,
    );
}
