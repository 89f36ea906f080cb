// @ts-check
/** What the past says: failovers of a time, what happened in a slot. Pure. */
import { pauseOf } from './failover.js';

/** Failovers that began after a time. @param {number} since milliseconds since 1970 */
export function failoversSince(failovers, since) {
  return failovers.filter((failover) => Date.parse(failover.at) >= since);
}

/** How long each failover held its primaries up, in milliseconds; those not over yet are left out. */
export function pausesOf(failovers) {
  return failovers.map(pauseOf).filter((pause) => pause !== null);
}

/** The newest event of a slot, or of the last slot before it; null if none is known. */
export function eventAt(events, slot) {
  let best = null;
  for (const event of events) {
    if (event.slot !== undefined && event.slot <= slot && (!best || event.slot >= best.slot)) {
      best = event;
    }
  }
  return best;
}

/** For each slot from one to another (both included) its last event. @returns {Map<number, any>} */
export function eventsBySlot(events, from, to) {
  const bySlot = new Map();
  for (const event of events) {
    if (event.slot !== undefined && event.slot >= from && event.slot <= to) {
      bySlot.set(event.slot, event);
    }
  }
  return bySlot;
}

/**
 * Events that match a filter; what it leaves empty matches all.
 *
 * @param {any[]} events
 * @param {{text: string, kind: string, member: string, logged: boolean}} filter
 */
export function filterEvents(events, { text, kind, member, logged }) {
  const words = text.trim().toLowerCase();
  return events.filter(
    (event) =>
      (!kind || event.kind === kind) &&
      (!member || event.member === member) &&
      (!logged || event.slot !== undefined) &&
      (!words || event.text.toLowerCase().includes(words)),
  );
}
