import type { Theme } from '../format/palette.js';

/** The theme that the address asks for, else the one chosen last, else the system's. */
export function initialTheme(asked: string | undefined): Theme {
  const wanted = asked ?? remembered();
  if (wanted === 'dark' || wanted === 'light') return wanted;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

export function rememberTheme(theme: Theme): void {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage can be switched off; the address carries the theme as well.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem('theme');
  } catch {
    return null;
  }
}
