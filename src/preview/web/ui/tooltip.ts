import { h } from './h.js';

/** The one tooltip of the page, beside the pointer and never outside the window. */
const box = h('div', { class: 'tooltip', attributes: { role: 'tooltip', hidden: '' } });

export function showTooltip(content: readonly Node[], x: number, y: number): void {
  if (!box.isConnected) document.body.append(box);
  box.replaceChildren(...content);
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = x + 16 + width > innerWidth ? x - 16 - width : x + 16;
  const top = y + 12 + height > innerHeight ? y - 12 - height : y + 12;
  box.style.setProperty('left', `${Math.max(4, left)}px`);
  box.style.setProperty('top', `${Math.max(4, top)}px`);
}

export function hideTooltip(): void {
  box.hidden = true;
}
