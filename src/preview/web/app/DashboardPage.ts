import type { Dashboard } from '../dashboard/Dashboard.js';
import type { Theme } from '../format/palette.js';
import type { AnnotationEvent } from '../panels/PanelInput.js';
import { durationMs } from '../query/duration.js';
import { Prometheus } from '../query/Prometheus.js';
import { resolveVariables, scopeOf, type ResolvedVariable } from '../query/resolveVariables.js';
import { timeRangeOf, type TimeRange } from '../query/timeRange.js';
import { fixed, type Scope } from '../query/VariableValue.js';
import { h } from '../ui/h.js';
import { rangeAddress, writeSearch, type Address } from './Address.js';
import { annotationEvents } from './annotationEvents.js';
import { linkAddress, type LinkContext } from './linkAddress.js';
import { notice } from './notice.js';
import type { DrawContext } from './PanelView.js';
import { queryScope, QueryRunner } from './QueryRunner.js';
import { SectionView } from './SectionView.js';
import type { Listing } from './Server.js';
import { applyTheme, rememberTheme } from './theme.js';
import { traceAddress } from './traceAddress.js';
import { toolbar } from './toolbar.js';
import { variableControl } from './variableControl.js';

export interface DashboardPageOptions {
  readonly dashboard: Dashboard;
  readonly listing: Listing;
  readonly prefix: string;
  readonly address: Address;
  readonly theme: Theme;
}

/** One dashboard: asks for its data, again and again if it's to be refreshed, and draws it. */
export class DashboardPage {
  readonly element: HTMLElement;
  readonly #options: DashboardPageOptions;
  readonly #prometheus: Prometheus;
  readonly #sections: readonly SectionView[];
  readonly #top = h('div', 'top');
  #address: Address;
  #theme: Theme;
  #running = new AbortController();
  #timer: number | undefined;
  #variables: readonly ResolvedVariable[] = [];

  constructor(options: DashboardPageOptions) {
    this.#options = options;
    this.#address = options.address;
    this.#theme = options.theme;
    this.#prometheus = new Prometheus(`${options.prefix}/prometheus/api/v1/`);
    this.#sections = options.dashboard.sections.map((section) => new SectionView(section, () => void this.refresh()));
    this.element = h('main', 'dashboard', this.#top, ...this.#sections.map(({ element }) => element));
    this.#drawTop();
  }

  /** Asks for everything again. A refresh that is still running gives way. Never rejects. */
  async refresh(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#schedule();
    try {
      await this.#load(signal);
      document.documentElement.dataset['state'] = 'idle';
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #load(signal: AbortSignal): Promise<void> {
    const { dashboard, listing } = this.#options;
    const { from = dashboard.from, to = dashboard.to } = this.#address;
    const range = timeRangeOf(from, to, Date.now());
    const scrapeMs = durationMs(listing.scrapeInterval) ?? 15_000;
    const open = this.#sections.filter(({ isOpen }) => isOpen).flatMap(({ panels }) => panels);
    for (const panel of open) panel.wait();

    const builtIn = {
      ...queryScope(range, scrapeMs, scrapeMs),
      __dashboard: fixed(dashboard.title),
    };
    this.#variables = await resolveVariables({
      variables: dashboard.variables,
      chosen: this.#address.variables,
      builtIn,
      range,
      prometheus: this.#prometheus,
      signal,
    });
    this.#drawTop();

    const scope = { ...builtIn, ...scopeOf(this.#variables) };
    const runner = new QueryRunner(this.#prometheus, range, scope, scrapeMs, signal);
    const annotations = this.#annotations(range, scope, signal);
    await Promise.all(
      open.map(async (panel) => {
        const [data, events] = await Promise.all([runner.run(panel.panel, panel.width), annotations]);
        try {
          panel.show(data, this.#context(scope, events));
        } catch (error) {
          panel.fail('This panel could not be drawn; the browser’s console says why.');
          console.error(error);
        }
      }),
    );
  }

  async #annotations(range: TimeRange, scope: Scope, signal: AbortSignal): Promise<readonly AnnotationEvent[]> {
    const events = await Promise.all(
      this.#options.dashboard.annotations.map(async (annotation) =>
        annotationEvents({ annotation, prometheus: this.#prometheus, range, scope, signal }).catch(() => []),
      ),
    );
    return events.flat();
  }

  #context(scope: Scope, annotations: readonly AnnotationEvent[]): DrawContext {
    return {
      scope,
      annotations,
      theme: this.#theme,
      address: ({ url }, own) => linkAddress(url, own, this.#links()),
      traceAddress: (traceId) => traceAddress(this.#options.listing.tracesUrl, traceId),
      zoom: (range) => {
        const { from, to } = rangeAddress(range);
        this.#change({ from, to });
      },
    };
  }

  #links(): LinkContext {
    const { dashboard, prefix } = this.#options;
    const { from = dashboard.from, to = dashboard.to } = this.#address;
    const shown = this.#variables.filter(({ variable }) => variable.type !== 'datasource');
    return { prefix, time: new URLSearchParams({ from, to }).toString(), variables: scopeOf(shown) };
  }

  #drawTop(): void {
    // A list that is open would close under the viewer's hand.
    if (this.#top.querySelector('details[open]') !== null) return;
    const { dashboard, listing } = this.#options;
    const actions = {
      setRange: (from: string, to: string) => this.#change({ from, to }),
      setRefresh: (refresh: string) => this.#change({ refresh }),
      refresh: () => void this.refresh(),
      toggleTheme: () => {
        this.#toggleTheme();
      },
    };
    const controls = this.#variables.map((resolved) =>
      variableControl(resolved, (values) => {
        this.#change({ variables: { ...this.#address.variables, [resolved.variable.name]: values } });
      }),
    );
    const problem = this.#variables.find(({ problem: text }) => text !== undefined)?.problem;
    this.#top.replaceChildren(
      toolbar({ dashboard, listing, address: this.#address, links: this.#links(), actions }),
      notice(listing.grafanaUrl, `/d/${dashboard.uid}?${writeSearch(this.#address)}`),
      ...(problem === undefined ? [] : [h('p', { class: 'problem', attributes: { role: 'alert' } }, problem)]),
      h('div', 'variables', ...controls),
    );
  }

  #change(change: Partial<Address>): void {
    this.#address = { ...this.#address, ...change };
    history.pushState(null, '', `?${writeSearch(this.#address)}`);
    this.#closeLists();
    void this.refresh();
  }

  /** Follows the browser's back and forward buttons. */
  show(address: Address): void {
    this.#address = address;
    void this.refresh();
  }

  #closeLists(): void {
    for (const list of this.#top.querySelectorAll('details[open]')) list.removeAttribute('open');
    this.#drawTop();
  }

  #toggleTheme(): void {
    this.#theme = this.#theme === 'dark' ? 'light' : 'dark';
    applyTheme(this.#theme);
    rememberTheme(this.#theme);
    this.#address = { ...this.#address, theme: this.#theme };
    history.replaceState(null, '', `?${writeSearch(this.#address)}`);
    for (const panel of this.#sections.flatMap(({ panels }) => panels)) panel.redraw({ theme: this.#theme });
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const every = durationMs(this.#address.refresh ?? this.#options.dashboard.refresh);
    if (every === undefined) return;
    this.#timer = window.setTimeout(
      () => {
        // Nobody looks: ask again when somebody does.
        if (document.hidden) document.addEventListener('visibilitychange', () => void this.refresh(), { once: true });
        else void this.refresh();
      },
      Math.max(every, 5000),
    );
  }
}
