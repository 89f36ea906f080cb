// @ts-check
/** Light or dark: the reader's choice, else the system's. */

const STORAGE_KEY = 'henge.theme';

/** @returns {'light' | 'dark'} */
export function currentTheme() {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (chosen === 'light' || chosen === 'dark') {
    return chosen;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Puts the current theme on the page; tells the canvas to fetch its colours again. */
export function applyTheme() {
  document.documentElement.dataset.theme = currentTheme();
  dispatchEvent(new Event('henge-theme'));
}

/** Switches between light and dark and remembers it. */
export function toggleTheme() {
  localStorage.setItem(STORAGE_KEY, currentTheme() === 'dark' ? 'light' : 'dark');
  applyTheme();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme);
