import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { textOf } from '../json.js';
import { interpolate } from '../query/interpolate.js';
import { h } from '../ui/h.js';
import type { PanelRenderer } from './PanelInput.js';

/** Markdown. HTML, in it or instead of it, is shown as the text it is. */
export const text: PanelRenderer = (host, { panel, scope }) => {
  const content = interpolate(textOf(panel.options['content']), scope);
  const isMarkdown = textOf(panel.options['mode'], 'markdown') === 'markdown';
  host.append(isMarkdown ? h('div', 'text', ...markdown(content)) : h('pre', 'text', content));
  return () => undefined;
};

/** Elements of Markdown. The library escapes HTML and drops links of unsafe protocols. */
export function markdown(source: string): readonly Node[] {
  const html = micromark(source, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] });
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes];
}
