import type { Page } from 'playwright-core';

export interface SeenPanel {
  readonly title: string;
  readonly type: string;
  /** drawn, empty, error or unknown. */
  readonly state: string;
  /** Coloured pixels inside the axes, or elements with a value in them. */
  readonly marks: number;
  readonly text: string;
}

/** Looks at every panel of the page that has been drawn. */
export async function panelsOf(page: Page): Promise<readonly SeenPanel[]> {
  return page.evaluate(() => {
    // All of this runs in the browser, so it can use nothing from outside.
    const pixels = (panel: Element): number => {
      const canvas = panel.querySelector('canvas');
      const over = panel.querySelector('.u-over');
      if (canvas === null || over === null) return 0;
      const [whole, plot] = [canvas.getBoundingClientRect(), over.getBoundingClientRect()];
      const [x, y] = [(plot.left - whole.left) * devicePixelRatio, (plot.top - whole.top) * devicePixelRatio];
      const data = canvas
        .getContext('2d')!
        // A line at the lowest value lies on the edge itself.
        .getImageData(x, y, plot.width * devicePixelRatio, (plot.height + 3) * devicePixelRatio).data;
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [r = 0, g = 0, b = 0, opacity = 0] = data.subarray(at, at + 4);
        // Grid and text are grey; what shows data has a hue.
        if (opacity > 60 && Math.max(r, g, b) - Math.min(r, g, b) > 40) count += 1;
      }
      return count;
    };
    const elements = (panel: Element, selector: string): number =>
      [...panel.querySelectorAll(selector)].filter((each) => each.textContent.trim() !== '').length;
    return [...document.querySelectorAll<HTMLElement>('.panel')]
      .filter((panel) => panel.offsetParent !== null)
      .map((panel) => {
        const type = panel.dataset['type'] ?? '';
        const isChart = type === 'timeseries' || type === 'heatmap';
        return {
          title: panel.getAttribute('aria-label') ?? '',
          type,
          state: panel.dataset['state'] ?? '',
          marks: isChart ? pixels(panel) : elements(panel, '.stat-value, .bar-value, tbody td, .text > *'),
          text: panel.querySelector<HTMLElement>('.panel-body')?.innerText ?? '',
        };
      });
  });
}
