// @ts-check
/** Rates of caches, from counters that were read again and again. Pure; times are milliseconds. */

const KEPT = 60;
/** Readings closer than this make no rate. */
const SHORTEST_MILLIS = 900;

/** All that a cache did so far, or null where nothing is counted. */
function operations(cache) {
  return cache.hits === undefined ? null : cache.hits + cache.misses + cache.puts + cache.removals;
}

/** The share of reads that found a value, or null. */
export function hitRatio(cache) {
  const reads = (cache.hits ?? 0) + (cache.misses ?? 0);
  return reads ? cache.hits / reads : null;
}

/**
 * The rates after another reading. Counters that went back were reset: their rate begins anew.
 *
 * @param {Map<string, {at: number, count: number, perSecond: number | undefined, series: number[]}>} rates
 * @param {any[]} caches
 * @param {number} now
 */
export function withReading(rates, caches, now) {
  const next = new Map();
  for (const cache of caches) {
    const count = operations(cache);
    const old = rates.get(cache.name);
    if (count === null) {
      continue;
    }
    if (!old || count < old.count) {
      next.set(cache.name, { at: now, count, perSecond: undefined, series: old?.series ?? [] });
    } else if (now - old.at < SHORTEST_MILLIS) {
      next.set(cache.name, old);
    } else {
      const perSecond = (1000 * (count - old.count)) / (now - old.at);
      next.set(cache.name, { at: now, count, perSecond, series: [...old.series, perSecond].slice(-KEPT) });
    }
  }
  return next;
}
