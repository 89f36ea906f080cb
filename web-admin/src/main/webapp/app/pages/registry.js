// @ts-check
/** Loads a page's module when it is first wanted, so that the first load stays small. */

const LOADERS = {
  overview: () => import('./overview-page.js'),
  ring: () => import('./ring-page.js'),
  members: () => import('./members-page.js'),
  caches: () => import('./caches-page.js'),
  failovers: () => import('./failovers-page.js'),
  log: () => import('./log-page.js'),
  key: () => import('./key-page.js'),
  whatif: () => import('./whatif-page.js'),
  drills: () => import('./drills-page.js'),
  checks: () => import('./checks-page.js'),
  about: () => import('./about-page.js'),
};

const loaded = new Set();

/**
 * Whether a page's element is there; if not it is fetched, and `ready` called then.
 *
 * @param {string} page
 * @param {() => void} ready
 */
export function hasPage(page, ready) {
  if (!loaded.has(page)) {
    LOADERS[page]().then(() => {
      loaded.add(page);
      ready();
    });
  }
  return loaded.has(page);
}
