// @ts-check
/**
 * What the page knows: one immutable state, and pure functions that give the next one. Times are
 * milliseconds since 1970 and always arguments.
 */
import { primaryOf, unpackPartition } from './partitions.js';
import { withReading } from './rates.js';

/** How long a member that left stays on the page, struck through. */
export const GONE_MILLIS = 10 * 60_000;
/** How long a partition shows that it got another primary. */
export const PROMOTED_MILLIS = 60_000;
const MOST_EVENTS = 500;
const MOST_FAILOVERS = 100;

/** The state before anything is known. */
export const EMPTY = Object.freeze({
  /** connecting, live, polling (without the stream) or lost */
  connection: 'connecting',
  /** since when the connection is lost */
  lostSince: 0,
  /** why nothing can be shown: {title, detail} */
  problem: null,
  clusters: [],
  cluster: null,
  view: null,
  failovers: [],
  events: [],
  caches: [],
  /** rates of caches by name, see rates.js */
  rates: new Map(),
  /** who looks: {name, roles, csrf, features} */
  user: null,
  /** results of the health checks */
  checks: [],
  /** an older view that was asked for: {slot, view, before (the slot before it), problem} */
  past: null,
  /** members that left: {id, name, zone, at} */
  gone: [],
  /** partition number to the time of its last change of primary */
  promoted: new Map(),
  /** member id to its colour, kept while the page is open */
  tones: new Map(),
});

/** Reads the JSON of GET /view. */
export function unpackView(document) {
  return { ...document, parts: document.parts.map(unpackPartition) };
}

/** A whole view was read. */
export function withView(state, view, now) {
  const old = state.view;
  const same = old && old.cluster === view.cluster && old.parts.length === view.parts.length;
  const promoted = same ? promotedBetween(state.promoted, old, view, now) : new Map();
  const left = same ? leftBetween(old, view, now) : [];
  return {
    ...state,
    view,
    promoted,
    gone: prune([...state.gone, ...left], view, now),
    tones: tonesFor(state.tones, view.members),
    problem: null,
  };
}

/**
 * The stream told a change of the view.
 *
 * @returns the next state, or null if the whole view has to be read
 */
export function withChange(state, change, now) {
  const view = state.view;
  if (!view || view.slot < change.from) {
    return null;
  }
  if (view.slot > change.slot) {
    return state;
  }
  const parts = view.parts.slice();
  for (const [number, ...row] of change.parts) {
    parts[number] = unpackPartition(row);
  }
  const next = {
    ...view,
    slot: change.slot,
    time: change.time,
    voters: change.voters,
    leader: change.leader ?? null,
    members: change.members,
    chain: change.chain,
    parts,
  };
  return withView(state, next, now);
}

/** The caches were read. */
export function withCaches(state, caches, now) {
  return { ...state, caches, rates: withReading(state.rates, caches, now) };
}

/** One of the caches was read. */
export function withCache(state, cache, now) {
  const caches = state.caches.map((known) => (known.name === cache.name ? cache : known));
  return { ...state, caches, rates: new Map([...state.rates, ...withReading(state.rates, [cache], now)]) };
}

/** An older view was read, or could not be. */
export function withPast(state, past) {
  return { ...state, past };
}

/**
 * What a page shows: the live state, or everything known with the view of an older slot. The view is
 * null while it is not read yet.
 */
export function shownState(state, slot) {
  if (slot === null || !state.view) {
    return state;
  }
  const past = state.past?.slot === slot ? state.past : null;
  const view = past?.view ?? null;
  const tones = view ? tonesFor(state.tones, view.members) : state.tones;
  return { ...state, view, tones, promoted: promotedIn(past), gone: [] };
}

/** In an older view, what got another primary in that very slot is marked. */
function promotedIn(past) {
  const same = past?.view && past.before && past.before.parts.length === past.view.parts.length;
  return same ? promotedBetween(new Map(), past.before, past.view, 0) : new Map();
}

/** A failover began or went on. */
export function withFailover(state, failover) {
  const others = state.failovers.filter((known) => known.id !== failover.id);
  const failovers = [failover, ...others].sort((a, b) => b.id - a.id).slice(0, MOST_FAILOVERS);
  return { ...state, failovers };
}

/** Events were read or told; those known already are passed over. */
export function withEvents(state, events) {
  const last = lastEvent(state);
  const fresh = events.filter((event) => event.number > last);
  return fresh.length ? { ...state, events: [...state.events, ...fresh].slice(-MOST_EVENTS) } : state;
}

/** The number of the newest known event. */
export function lastEvent(state) {
  return state.events.length ? state.events[state.events.length - 1].number : 0;
}

/** How the cluster is. Another node's or another cluster's word makes everything else void. */
export function withCluster(state, cluster) {
  const known = state.cluster;
  const same = known && known.node.id === cluster.node.id && known.id === cluster.id;
  const base = same ? state : { ...EMPTY, clusters: state.clusters, connection: state.connection, user: state.user };
  return { ...base, cluster, problem: null };
}

/** The connection changed. */
export function withConnection(state, connection, now) {
  if (state.connection === connection) {
    return state;
  }
  return { ...state, connection, lostSince: connection === 'lost' ? now : 0 };
}

/** Time passed: marks fade. Gives the same object when none did. */
export function withTime(state, now) {
  const promoted = new Map([...state.promoted].filter(([, at]) => now - at < PROMOTED_MILLIS));
  const gone = state.view ? prune(state.gone, state.view, now) : state.gone;
  const unchanged = promoted.size === state.promoted.size && gone.length === state.gone.length;
  return unchanged ? state : { ...state, promoted, gone };
}

/** Members that left a while ago: those seen leaving and those that the failovers name. */
export function goneMembers(state, now) {
  const gone = new Map(state.gone.map((member) => [member.id, member]));
  const present = new Set(state.view ? state.view.members.map((member) => member.id) : []);
  for (const failover of state.failovers) {
    const at = Date.parse(failover.at);
    if (!present.has(failover.memberId) && now - at < GONE_MILLIS && !gone.has(failover.memberId)) {
      gone.set(failover.memberId, { id: failover.memberId, name: failover.member, zone: '', at });
    }
  }
  return [...gone.values()].sort((a, b) => b.at - a.at);
}

function promotedBetween(marks, old, view, now) {
  const promoted = new Map([...marks].filter(([, at]) => now - at < PROMOTED_MILLIS));
  const idAt = (document, position) => document.members[position]?.id;
  view.parts.forEach((part, number) => {
    const before = idAt(old, primaryOf(old.parts[number]));
    const after = idAt(view, primaryOf(part));
    if (before && after && before !== after) {
      promoted.set(number, now);
    }
  });
  return promoted;
}

function leftBetween(old, view, now) {
  const present = new Set(view.members.map((member) => member.id));
  return old.members
    .filter((member) => !present.has(member.id))
    .map(({ id, name, zone }) => ({ id, name, zone, at: now }));
}

function prune(gone, view, now) {
  const present = new Set(view.members.map((member) => member.id));
  return gone.filter((member) => !present.has(member.id) && now - member.at < GONE_MILLIS);
}

/** Each new member takes the lowest colour that no present member has. */
function tonesFor(known, members) {
  const tones = new Map(known);
  const taken = new Set(members.map((member) => known.get(member.id)));
  let next = 0;
  for (const member of members) {
    if (!tones.has(member.id)) {
      while (taken.has(next)) {
        next++;
      }
      tones.set(member.id, next);
      taken.add(next);
    }
  }
  return tones;
}
