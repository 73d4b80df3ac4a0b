export type Theme = 'dark' | 'light';

/** Grafana's named colours, from the darkest to the lightest. The dark theme leaves out the first, the light one the last. */
const HUES = {
  red: ['#AD0317', '#C4162A', '#E02F44', '#F2495C', '#FF7383', '#FFA6B0'],
  orange: ['#E55400', '#FA6400', '#FF780A', '#FF9830', '#FFB357', '#FFCB7D'],
  yellow: ['#CC9D00', '#E0B400', '#F2CC0C', '#FADE2A', '#FFEE52', '#FFF899'],
  green: ['#19730E', '#37872D', '#56A64B', '#73BF69', '#96D98D', '#C8F2C2'],
  blue: ['#1250B0', '#1F60C4', '#3274D9', '#5794F2', '#8AB8FF', '#C0D8FF'],
  purple: ['#7C2EA3', '#8F3BB8', '#A352CC', '#B877D9', '#CA95E5', '#DEB6F2'],
} as const;

const SHADES = ['dark-', 'semi-dark-', '', 'light-', 'super-light-'] as const;

/** Colours of series in the order they come, as Grafana's classic palette. */
const CLASSIC = [
  'green',
  'semi-dark-yellow',
  'light-blue',
  'semi-dark-orange',
  'red',
  'blue',
  'purple',
  '#705DA0',
  'dark-green',
  'yellow',
  '#447EBC',
  '#C15C17',
  '#890F02',
  '#0A437C',
  '#6D1F62',
  '#584477',
  '#B7DBAB',
  '#F4D598',
  '#70DBED',
  '#F9BA8F',
  '#F29191',
  '#82B5D8',
  '#E5A8E2',
  '#AEA2E0',
] as const;

const NAMES: Readonly<Record<Theme, Readonly<Record<string, string>>>> = { dark: named(1), light: named(0) };

function named(skip: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(HUES).flatMap(([hue, colors]) =>
      SHADES.map((shade, index) => [`${shade}${hue}`, colors[index + skip] ?? colors[2]]),
    ),
  );
}

/** What the canvas needs to know of the theme; the rest is in the style sheet. */
export const SURFACE = {
  dark: {
    text: '#ccccdc',
    muted: 'rgba(204,204,220,0.65)',
    grid: 'rgba(204,204,220,0.09)',
    panel: '#181b1f',
    gray: '#808080',
  },
  light: {
    text: '#24292e',
    muted: 'rgba(36,41,46,0.75)',
    grid: 'rgba(36,41,46,0.1)',
    panel: '#ffffff',
    gray: '#808080',
  },
} as const satisfies Record<Theme, Record<string, string>>;

/** The colour as CSS takes it. */
export function cssColor(name: string, theme: Theme): string {
  if (name === 'text') return SURFACE[theme].text;
  if (name === 'transparent') return 'rgba(0,0,0,0)';
  if (/^#[0-9a-f]{3,8}$|^rgba?\([\d., %]+\)$/i.test(name)) return name;
  return NAMES[theme][name] ?? SURFACE[theme].gray;
}

export function classicColor(index: number, theme: Theme): string {
  return cssColor(CLASSIC[index % CLASSIC.length] ?? 'green', theme);
}

/** Those of the classic colours that neither a dark nor a light panel swallows, told apart by hue. */
const BY_NAME = [
  'green',
  'blue',
  'orange',
  'purple',
  'semi-dark-yellow',
  'red',
  'light-blue',
  '#E5A8E2',
  'light-green',
  '#447EBC',
  'semi-dark-orange',
  '#705DA0',
  '#70DBED',
  '#C15C17',
] as const;

/**
 * A place in the palette for each name. It comes from the name, so that a model looks the same in every panel, and
 * moves on only where two names of one panel would share it, or where a fixed colour of the panel is the same.
 */
export function placesByName(names: readonly string[], fixed: readonly string[] = []): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const taken = new Set(fixed.map((color) => BY_NAME.findIndex((each) => each === color)).filter((at) => at >= 0));
  for (const name of [...new Set(names)].sort()) {
    let place = Math.abs(hash(name)) % BY_NAME.length;
    while (taken.has(place) && taken.size < BY_NAME.length) place = (place + 1) % BY_NAME.length;
    taken.add(place);
    places.set(name, place);
  }
  return places;
}

export function namedColor(place: number, theme: Theme): string {
  return cssColor(BY_NAME[place % BY_NAME.length] ?? 'green', theme);
}

function hash(name: string): number {
  return Array.from(name).reduce((sum, letter) => ((sum << 5) - sum + (letter.codePointAt(0) ?? 0)) | 0, 0);
}

/** The colour with the given opacity from 0 to 1. */
export function faded(color: string, opacity: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (hex === undefined) return color;
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${r ?? 0},${g ?? 0},${b ?? 0},${opacity})`;
}
