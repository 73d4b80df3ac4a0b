import { dateTime } from '../format/dates.js';
import { momentOf } from '../query/timeRange.js';
import { h } from './h.js';

const QUICK: readonly (readonly [from: string, text: string])[] = [
  ['now-5m', 'Last 5 minutes'],
  ['now-15m', 'Last 15 minutes'],
  ['now-30m', 'Last 30 minutes'],
  ['now-1h', 'Last hour'],
  ['now-3h', 'Last 3 hours'],
  ['now-6h', 'Last 6 hours'],
  ['now-12h', 'Last 12 hours'],
  ['now-24h', 'Last 24 hours'],
  ['now-2d', 'Last 2 days'],
  ['now-7d', 'Last 7 days'],
  ['now-30d', 'Last 30 days'],
  ['now/d', 'Today'],
  ['now/M', 'This month'],
];

/** The time range: quick ones, and a start and an end of one's own. */
export function timePicker(from: string, to: string, choose: (from: string, to: string) => void): HTMLElement {
  const quick = QUICK.map(([start, text]) =>
    h('button', { attributes: { type: 'button' }, on: { click: () => choose(start, 'now') } }, text),
  );
  const [start, end] = [input('From', from), input('To', to)];
  const problem = h('div', { class: 'picker-problem', attributes: { hidden: '' } });
  const apply = (event: Event): void => {
    event.preventDefault();
    const moments = [momentOf(start.field.value, Date.now()), momentOf(end.field.value, Date.now(), true)];
    const [first, last] = moments;
    if (first !== undefined && last !== undefined && first < last) {
      choose(start.field.value, end.field.value);
      return;
    }
    problem.textContent = 'Use now-6h, now/d or 2026-11-23 14:00, with the start before the end.';
    problem.hidden = false;
  };
  const form = h(
    'form',
    { class: 'picker-form', on: { submit: apply } },
    start.label,
    end.label,
    problem,
    h('button', { class: 'primary', attributes: { type: 'submit' } }, 'Apply'),
  );
  const list = h(
    'details',
    'picker picker-right',
    h('summary', { attributes: { 'aria-label': 'Time range' } }, rangeText(from, to)),
    h('div', 'picker-list picker-time', form, h('div', 'picker-quick', ...quick)),
  );
  return h('div', 'control', list);
}

/** `Last hour`, or both ends. */
export function rangeText(from: string, to: string): string {
  const quick = to === 'now' ? QUICK.find(([start]) => start === from) : undefined;
  if (quick !== undefined) return quick[1];
  return `${endText(from)} to ${endText(to)}`;
}

function endText(text: string): string {
  return /^\d{10,}$/.test(text) ? dateTime(Number(text)) : text;
}

function input(text: string, value: string): { field: HTMLInputElement; label: HTMLElement } {
  const field = h('input', { attributes: { type: 'text', value: endText(value) } });
  return { field, label: h('label', 'picker-field', h('span', 'muted', text), field) };
}
