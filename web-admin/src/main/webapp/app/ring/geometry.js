// @ts-check
/**
 * The ring as numbers: angles, tracks, runs of equal arcs, what lies under the pointer. Pure.
 * Angles are radians, clockwise from the top; lengths are in the ring's own units, its outer radius
 * being 1.
 */

export const TAU = 2 * Math.PI;

/** The outer edge of the primaries' track. */
export const OUTER = 1;
const PRIMARY_WIDTH = 0.16;
const BACKUP_WIDTH = 0.08;
const TRACK_GAP = 0.02;
const INNERMOST = 0.46;

/**
 * The tracks from the outside: the primaries' first, then one for each backup, thinner the more
 * there are, so that the middle stays free.
 *
 * @param {number} copies at least 1
 * @returns {{inner: number, outer: number}[]}
 */
export function tracks(copies) {
  const result = [{ inner: OUTER - PRIMARY_WIDTH, outer: OUTER }];
  const room = OUTER - PRIMARY_WIDTH - INNERMOST;
  const pitch = Math.min(BACKUP_WIDTH + TRACK_GAP, room / Math.max(1, copies - 1));
  const width = pitch * (BACKUP_WIDTH / (BACKUP_WIDTH + TRACK_GAP));
  for (let i = 1; i < copies; i++) {
    const outer = OUTER - PRIMARY_WIDTH - (i - 1) * pitch - (pitch - width);
    result.push({ inner: outer - width, outer });
  }
  return result;
}

/**
 * Partitions in the order in which they stand on the ring.
 *
 * @param {number[]} primaries each partition's primary, by number
 * @param {'hash' | 'primary' | 'zone'} mode
 * @param {string[]} zones each member's zone, by position
 * @returns {number[]} partition numbers
 */
export function order(primaries, mode, zones = []) {
  const numbers = primaries.map((_, number) => number);
  const zone = (number) => zones[primaries[number]] ?? '';
  switch (mode) {
    case 'primary':
      return numbers.sort((a, b) => primaries[a] - primaries[b] || a - b);
    case 'zone':
      return numbers.sort((a, b) => zone(a).localeCompare(zone(b)) || primaries[a] - primaries[b] || a - b);
    default:
      return numbers;
  }
}

/** Where each partition stands: the inverse of an order. @param {number[]} sequence */
export function places(sequence) {
  const result = new Array(sequence.length);
  sequence.forEach((number, place) => (result[number] = place));
  return result;
}

/**
 * Joins neighbours that look the same, so that 3,072 copies are a few hundred arcs.
 *
 * @template T
 * @param {T[]} items what stands at each place
 * @param {(a: T, b: T) => boolean} same
 * @returns {{from: number, to: number, item: T}[]} places from (included) to (excluded)
 */
export function runs(items, same) {
  const result = [];
  for (let from = 0; from < items.length; ) {
    let to = from + 1;
    while (to < items.length && same(items[from], items[to])) {
      to++;
    }
    result.push({ from, to, item: items[from] });
    from = to;
  }
  return result;
}

/** The angle at which a place begins. */
export function angleOf(place, count) {
  return (place / count) * TAU;
}

/** A point on the ring. @returns {[number, number]} */
export function pointAt(radius, angle) {
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
}

/**
 * The place under a point, or -1 beside the tracks.
 *
 * @param {number} x from the middle, to the right
 * @param {number} y from the middle, downwards
 * @param {number} count places on the ring
 * @param {number} inner the innermost track's inner edge
 */
export function placeAt(x, y, count, inner) {
  const radius = Math.hypot(x, y);
  if (count === 0 || radius < inner - 0.02 || radius > OUTER + 0.08) {
    return -1;
  }
  const angle = (Math.atan2(x, -y) + TAU) % TAU;
  return Math.min(count - 1, Math.floor((angle / TAU) * count));
}

/**
 * The partition that a key moves to on the slider.
 *
 * @param {string} key a KeyboardEvent's key
 * @param {number} place the present place
 * @param {number} count
 * @returns {number} the next place, or -1 if the key means nothing here
 */
export function placeByKey(key, place, count) {
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 16, PageDown: -16 };
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return count - 1;
  }
  return key in steps ? (((place + steps[key]) % count) + count) % count : -1;
}
