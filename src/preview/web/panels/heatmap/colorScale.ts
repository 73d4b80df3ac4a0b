import {
  interpolateBlues,
  interpolateGreens,
  interpolateGreys,
  interpolateInferno,
  interpolateMagma,
  interpolateOranges,
  interpolatePlasma,
  interpolatePurples,
  interpolateRdYlGn,
  interpolateReds,
  interpolateSpectral,
  interpolateTurbo,
  interpolateViridis,
  interpolateYlOrRd,
} from 'd3-scale-chromatic';
import { cssColor, faded, type Theme } from '../../format/palette.js';
import { numberOf, objectOf, textOf, type Json } from '../../json.js';
import type { Heatmap } from './heatmapCells.js';

type Interpolate = (share: number) => string;

/** Grafana's colour schemes. Those of one hue run towards the background, so that little stays quiet. */
const SCHEMES: Readonly<Record<string, { interpolate: Interpolate; towardsBackground: boolean }>> = {
  Blues: { interpolate: interpolateBlues, towardsBackground: true },
  Greens: { interpolate: interpolateGreens, towardsBackground: true },
  Greys: { interpolate: interpolateGreys, towardsBackground: true },
  Oranges: { interpolate: interpolateOranges, towardsBackground: true },
  Purples: { interpolate: interpolatePurples, towardsBackground: true },
  Reds: { interpolate: interpolateReds, towardsBackground: true },
  YlOrRd: { interpolate: interpolateYlOrRd, towardsBackground: true },
  Inferno: { interpolate: interpolateInferno, towardsBackground: false },
  Magma: { interpolate: interpolateMagma, towardsBackground: false },
  Plasma: { interpolate: interpolatePlasma, towardsBackground: false },
  RdYlGn: { interpolate: interpolateRdYlGn, towardsBackground: false },
  Spectral: { interpolate: interpolateSpectral, towardsBackground: false },
  Turbo: { interpolate: interpolateTurbo, towardsBackground: false },
  Viridis: { interpolate: interpolateViridis, towardsBackground: false },
};

export interface ColorScale {
  readonly min: number;
  readonly max: number;
  readonly color: (value: number) => string;
  /** All of it as a CSS background, from the least to the greatest. */
  readonly gradient: string;
}

export function colorScale(options: Json, { cells }: Heatmap, theme: Theme): ColorScale {
  const color = objectOf(options['color']);
  const values = cells.map(({ value }) => value);
  const min = numberOf(color['min']) ?? 0;
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  const max = numberOf(color['max']) ?? (greatest > min ? greatest : min + 1);
  const steps = numberOf(color['steps']) ?? 64;
  const pick = pickerOf(color, theme);
  const at = (share: number): string => pick(Math.min(1, Math.round(share * steps) / steps));
  return {
    min,
    max,
    color: (value) => at(Math.min(1, Math.max(0, (value - min) / (max - min)))),
    gradient: `linear-gradient(90deg, ${[0, 0.2, 0.4, 0.6, 0.8, 1].map(at).join(', ')})`,
  };
}

function pickerOf(color: Json, theme: Theme): Interpolate {
  if (color['mode'] === 'opacity') {
    const fill = cssColor(textOf(color['fill'], 'dark-orange'), theme);
    const exponent = color['scale'] === 'linear' ? 1 : (numberOf(color['exponent']) ?? 0.5);
    return (share) => faded(fill, Math.max(0.05, share ** exponent));
  }
  const scheme = SCHEMES[textOf(color['scheme'], 'Oranges')] ?? SCHEMES['Oranges'];
  if (scheme === undefined) return interpolateOranges;
  const { interpolate, towardsBackground } = scheme;
  const reverse = (color['reverse'] === true) !== (towardsBackground && theme === 'dark');
  // The palest fifth of a scheme can't be told from the background.
  return (share) =>
    interpolate(towardsBackground ? (reverse ? 0.95 - 0.8 * share : 0.15 + 0.8 * share) : reverse ? 1 - share : share);
}
