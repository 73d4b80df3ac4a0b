import type { Section } from '../dashboard/Dashboard.js';
import { h } from '../ui/h.js';
import { PanelView } from './PanelView.js';

/** The panels of one row in a grid of 24 columns. Rows of the grid count from the section's first panel. */
export class SectionView {
  readonly element: HTMLElement;
  readonly panels: readonly PanelView[];
  readonly #grid: HTMLElement;
  #isOpen: boolean;

  /** @param opened Called when the row is opened, since its panels have asked for nothing while it was closed. */
  constructor(section: Section, opened: () => void) {
    const top = Math.min(...section.panels.map(({ grid }) => grid.y));
    this.panels = section.panels.map(
      (panel) => new PanelView({ ...panel, grid: { ...panel.grid, y: panel.grid.y - top } }),
    );
    this.#grid = h('div', 'grid', ...this.panels.map(({ element }) => element));
    this.#isOpen = !section.collapsed;
    this.#grid.hidden = section.collapsed;
    this.element = h('section', 'section', this.#header(section, opened), this.#grid);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  #header({ title, panels }: Section, opened: () => void): HTMLElement | undefined {
    if (title === undefined) return undefined;
    const button = h(
      'button',
      { class: 'row', attributes: { type: 'button', 'aria-expanded': String(this.#isOpen) } },
      h('span', 'row-arrow', '›'),
      h('span', {}, title),
      h('span', 'muted', `${panels.length} panel${panels.length === 1 ? '' : 's'}`),
    );
    button.addEventListener('click', () => {
      this.#isOpen = !this.#isOpen;
      this.#grid.hidden = !this.#isOpen;
      button.setAttribute('aria-expanded', String(this.#isOpen));
      if (this.#isOpen) opened();
    });
    return button;
  }
}
