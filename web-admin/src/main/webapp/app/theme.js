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

/** Chooses light or dark and remembers it. @param {'light' | 'dark'} theme */
export function setTheme(theme) {
  localStorage.setItem(STORAGE_KEY, theme);
  applyTheme();
}

/** Switches between light and dark. */
export function toggleTheme() {
  setTheme(currentTheme() === 'dark' ? 'light' : 'dark');
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme);
