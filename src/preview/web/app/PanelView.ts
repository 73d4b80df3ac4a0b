import type { Panel } from '../dashboard/Dashboard.js';
import { defaultOptions, styleFields, type StyledFrame } from '../field/styleFields.js';
import { markdown } from '../panels/text.js';
import type { PanelInput, PanelMemory } from '../panels/PanelInput.js';
import { RENDERERS } from '../panels/registry.js';
import { interpolate } from '../query/interpolate.js';
import { transform } from '../transform/index.js';
import { h } from '../ui/h.js';
import { hideTooltip, showTooltip } from '../ui/tooltip.js';
import type { PanelData } from './QueryRunner.js';

/** What a panel takes from its dashboard to draw itself. */
export type DrawContext = Pick<PanelInput, 'scope' | 'theme' | 'annotations' | 'address' | 'traceAddress' | 'zoom'>;

type PanelState = 'loading' | 'drawn' | 'empty' | 'error' | 'unknown';

/** One panel: its frame, title and help, and either a drawing or one sentence on why there is none. */
export class PanelView {
  readonly element: HTMLElement;
  readonly #body = h('div', 'panel-body');
  readonly #title = h('span', 'panel-title');
  readonly #links = h('span', 'panel-links');
  readonly #warning = h('button', { class: 'panel-warning', attributes: { type: 'button', hidden: '' } }, '!');
  readonly #memory: PanelMemory = {};
  #release: () => void = () => undefined;
  #last: { readonly data: PanelData; readonly context: DrawContext } | undefined;

  constructor(readonly panel: Panel) {
    const { x, y, w, h: rows } = panel.grid;
    const header = h('header', 'panel-header', this.#title, this.#help(), this.#warning, this.#links);
    const isBare = panel.title === '' && panel.description === '';
    this.element = h(
      'section',
      {
        class: `panel panel-${RENDERERS.has(panel.type) ? panel.type : 'unknown'}${panel.transparent ? ' panel-transparent' : ''}`,
        style: { 'grid-column': `${x + 1} / span ${w}`, 'grid-row': `${y + 1} / span ${rows}` },
        attributes: { 'data-panel': String(panel.id), 'data-type': panel.type, 'aria-label': panel.title },
      },
      isBare ? undefined : header,
      this.#body,
    );
    this.#title.textContent = panel.title;
    this.#state('loading');
    let width = 0;
    new ResizeObserver(() => {
      // The first report is of the size that it's about to be drawn in.
      if (width !== 0 && this.#body.clientWidth > 0) this.redraw();
      width = this.#body.clientWidth;
    }).observe(this.#body);
  }

  /** In pixels; 0 while the panel's row is closed. */
  get width(): number {
    return this.#body.clientWidth;
  }

  /** Says that the panel asks for data; what is drawn stays until there is an answer. */
  wait(): void {
    this.element.classList.add('panel-waiting');
  }

  show(data: PanelData, context: DrawContext): void {
    this.#last = { data, context };
    this.element.classList.remove('panel-waiting');
    this.#title.textContent = interpolate(this.panel.title, context.scope);
    this.#showLinks(context);
    const renderer = RENDERERS.get(this.panel.type);
    if (renderer === undefined) {
      this.#say('unknown', `The preview doesn't draw panels of type “${this.panel.type}”; open this board in Grafana.`);
      return;
    }
    const { frames, unknown } = transform(data.frames, this.panel.transformations);
    const problems = [
      ...data.problems,
      ...unknown.map((id) => `The preview doesn't know the transformation “${id}” and leaves it out.`),
    ];
    this.#warn(problems);
    const styled = styleFields(frames, this.panel.fieldConfig, context.scope);
    if (this.panel.type !== 'text' && !hasValues(styled)) {
      const { noValue } = defaultOptions(this.panel.fieldConfig);
      if (data.problems.length > 0) this.#say('error', data.problems.join(' '));
      else this.#say('empty', noValue === '' ? 'No data' : noValue);
      return;
    }
    this.#clear('drawn');
    this.#release = renderer(this.#body, {
      ...context,
      panel: this.panel,
      frames: styled,
      range: data.range,
      stepMs: data.stepMs,
      exemplars: data.exemplars,
      memory: this.#memory,
      redraw: () => {
        this.redraw();
      },
    });
  }

  fail(message: string): void {
    this.element.classList.remove('panel-waiting');
    this.#warn([]);
    this.#say('error', message);
  }

  /** Draws the last answer again, for another size or theme. */
  redraw(change: Partial<DrawContext> = {}): void {
    if (this.#last !== undefined) this.show(this.#last.data, { ...this.#last.context, ...change });
  }

  #state(state: PanelState): void {
    this.element.dataset['state'] = state;
  }

  #clear(state: PanelState): void {
    this.#release();
    this.#release = () => undefined;
    this.#body.replaceChildren();
    this.#state(state);
  }

  #say(state: PanelState, message: string): void {
    this.#clear(state);
    this.#body.append(h('div', { class: `message message-${state}`, attributes: { role: 'status' } }, message));
  }

  #warn(problems: readonly string[]): void {
    this.#warning.hidden = problems.length === 0;
    this.#warning.title = problems.join('\n');
  }

  #help(): HTMLElement | undefined {
    const { description } = this.panel;
    if (description === '') return undefined;
    const show = ({ currentTarget }: Event): void => {
      if (!(currentTarget instanceof Element)) return;
      const { left, bottom } = currentTarget.getBoundingClientRect();
      const text = interpolate(description, this.#last?.context.scope ?? {});
      showTooltip([h('div', 'text tooltip-help', ...markdown(text))], left, bottom);
    };
    return h(
      'button',
      {
        class: 'panel-help',
        attributes: { type: 'button', 'aria-label': description },
        on: { mouseenter: show, focus: show, mouseleave: hideTooltip, blur: hideTooltip },
      },
      'i',
    );
  }

  #showLinks({ address, scope }: DrawContext): void {
    this.#links.replaceChildren(
      ...this.panel.links.flatMap((link) => {
        const href = address(link, scope);
        if (href === undefined) return [];
        const attributes = { href, ...(link.newTab ? { target: '_blank', rel: 'noreferrer' } : {}) };
        return [h('a', { attributes }, interpolate(link.title, scope))];
      }),
    );
  }
}

function hasValues(frames: readonly StyledFrame[]): boolean {
  return frames.some(({ fields }) =>
    fields.some(({ type, values }) => type !== 'time' && values.some((value) => value !== null)),
  );
}
