import type { Link, Panel } from '../dashboard/Dashboard.js';
import type { StyledFrame } from '../field/styleFields.js';
import type { Theme } from '../format/palette.js';
import type { Exemplar } from '../query/Exemplar.js';
import type { TimeRange } from '../query/timeRange.js';
import type { Scope } from '../query/VariableValue.js';

/** Something that happened: a moment, or a while when it has an end. */
export interface AnnotationEvent {
  readonly from: number;
  readonly to: number;
  readonly color: string;
  readonly text: string;
}

/** What a viewer has chosen in a panel, kept when its data is refreshed. */
export interface PanelMemory {
  /** The only series that is shown. */
  isolated?: string | undefined;
  sort?: { readonly column: string; readonly descending: boolean } | undefined;
}

/** All that a renderer needs to draw one panel once. */
export interface PanelInput {
  readonly panel: Panel;
  readonly frames: readonly StyledFrame[];
  readonly range: TimeRange;
  readonly stepMs: number;
  readonly scope: Scope;
  readonly theme: Theme;
  readonly annotations: readonly AnnotationEvent[];
  readonly exemplars: readonly Exemplar[];
  /** Where a trace is shown, or undefined when that is not known. */
  readonly traceAddress: (traceId: string) => string | undefined;
  readonly memory: PanelMemory;
  /** The address of a link with its variables filled in, or undefined for one that must not be followed. */
  readonly address: (link: Link, scope: Scope) => string | undefined;
  readonly zoom: (range: TimeRange) => void;
  /** Draws the panel again, for instance after the memory has changed. */
  readonly redraw: () => void;
}

/** Draws into an empty element and returns how to let go of what it holds. */
export type PanelRenderer = (host: HTMLElement, input: PanelInput) => () => void;
