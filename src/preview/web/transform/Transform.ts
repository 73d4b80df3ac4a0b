import type { Frame } from '../frames/Frame.js';
import type { Json } from '../json.js';

/** One step between a query's answer and the panel, as the dashboard configures it. */
export type Transform = (frames: readonly Frame[], options: Json) => readonly Frame[];
