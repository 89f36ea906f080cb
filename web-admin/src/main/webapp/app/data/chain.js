// @ts-check
/**
 * The chain of hashes over the log, computed again in the page: the same function as LogChain of the
 * engine (64 bits, the finalizer of SplitMix64; against faults, not against an attacker who computes
 * hashes too). Pure.
 */

const BITS = 64n;
const MULTIPLIER = 0x9e3779b97f4a7c15n;

function clip(value) {
  return BigInt.asUintN(Number(BITS), value);
}

function mix(value) {
  let z = clip(value + MULTIPLIER);
  z = clip((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = clip((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/**
 * The hash after one more slot.
 *
 * @param {string} before the hash after the slot before, in hexadecimal
 * @param {number} slot
 * @param {string[]} commands each in hexadecimal
 * @param {boolean[]} fitted whether each took effect
 * @returns {string} 16 hexadecimal digits
 */
export function nextChain(before, slot, commands, fitted) {
  let hash = mix(BigInt(`0x${before}`) ^ clip(BigInt(slot) * MULTIPLIER));
  commands.forEach((command, index) => {
    hash = mix(hash ^ BigInt(command.length + (fitted[index] ? 1 : 0))); // twice the bytes: two digits each
    for (let at = 0; at < command.length; at += 16) {
      hash = mix(hash ^ BigInt(`0x${command.slice(at, at + 16)}`));
    }
  });
  return hash.toString(16).padStart(16, '0');
}

/** Nothing is verified yet. */
export const UNVERIFIED = Object.freeze({
  /** the first slot that was computed, null before any was */
  from: null,
  /** the last slot that was computed */
  to: -1,
  /** the hash after it */
  chain: '',
  /** how many slots were computed */
  count: 0,
  /** what does not fit first: {slot, why}; nothing after it was computed */
  broken: null,
});

/**
 * Goes on with the next slots, oldest first, as one answer has them. One answer has no gap; between
 * two the member may have been given a whole state, or have forgotten some: then it begins anew.
 *
 * @param {any} verified what was computed so far
 * @param {{slot: number, before: string, chain: string, commands: string[], fitted: boolean[]}[]} entries
 */
export function verifyEntries(verified, entries) {
  let next = verified.from !== null && entries.length && entries[0].slot > verified.to + 1 ? UNVERIFIED : verified;
  for (const entry of entries) {
    if (next.broken) {
      return next;
    }
    const broken = faultOf(next, entry);
    next = broken
      ? { ...next, broken }
      : { from: next.from ?? entry.slot, to: entry.slot, chain: entry.chain, count: next.count + 1, broken: null };
  }
  return next;
}

function faultOf(verified, entry) {
  if (verified.from !== null && entry.slot !== verified.to + 1) {
    return { slot: entry.slot, why: `it follows slot ${verified.to}: slots are missing between them` };
  }
  if (verified.from !== null && entry.before !== verified.chain) {
    return { slot: entry.slot, why: `it says to follow hash ${entry.before}, but slot ${verified.to} ended with ${verified.chain}` };
  }
  const computed = nextChain(entry.before, entry.slot, entry.commands, entry.fitted);
  return computed === entry.chain ? null : { slot: entry.slot, why: `what it decided gives hash ${computed}, but the member says ${entry.chain}` };
}

/** Compares what was computed with the hash that a view of the same slot has. */
export function comparedWith(verified, view) {
  return !verified.broken && verified.to === view.slot && view.chain && view.chain !== verified.chain
    ? { ...verified, broken: { slot: view.slot, why: `the log ends with hash ${verified.chain}, but the member's state has ${view.chain}` } }
    : verified;
}
