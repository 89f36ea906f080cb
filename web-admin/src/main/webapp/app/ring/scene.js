// @ts-check
/** What is to be drawn, worked out from the state. Pure. */
import { LEARNER, NONE, countSafety, primaryOf } from '../data/partitions.js';
import { order, places, runs, tracks } from './geometry.js';

/**
 * @param {any} view the store's view
 * @param {import('../routes.js').Route} route
 * @param {Map<number, number>} promoted
 * @param {{colours: Map<string, string>, labels: Map<string, string>}} look
 */
export function sceneOf(view, route, promoted, look) {
  const group = groupOf(view, route.group);
  const base = group * view.partitionsPerGroup;
  const parts = view.parts.slice(base, base + view.partitionsPerGroup);
  const zones = view.members.map((member) => member.zone);
  const sequence = order(parts.map(primaryOf), route.order, zones);
  const wanted = view.copies[group] ?? 1;
  const copies = parts.reduce((most, part) => Math.max(most, part.replicas.length), 1);
  return {
    base,
    group,
    parts,
    wanted,
    sequence,
    places: places(sequence),
    tracks: tracks(copies),
    arcs: arcsOf(parts, sequence, copies),
    marks: runs(
      sequence.map((number) => promoted.has(base + number)),
      (a, b) => a === b,
    ).filter((run) => run.item),
    names: route.order === 'hash' ? [] : namesOf(parts, sequence),
    zones: route.order === 'zone' ? zonesOf(parts, sequence, zones) : [],
    colour: (member) => look.colours.get(view.members[member].id) ?? 'var(--m-other)',
    label: (member) => look.labels.get(view.members[member].id) ?? '?',
    highlight: view.members.findIndex((member) => member.id === route.member),
    safety: countSafety(parts, wanted, view.members),
  };
}

/** The group that exists nearest to the wanted one. */
export function groupOf(view, group) {
  return Math.min(group, Math.max(0, view.copies.length - 1));
}

function arcsOf(parts, sequence, copies) {
  const arcs = [];
  for (let track = 0; track < copies; track++) {
    const replicas = sequence.map((number) => parts[number].replicas[track]);
    for (const run of runs(replicas, sameLook)) {
      if (run.item) {
        arcs.push({ track, from: run.from, to: run.to, member: run.item.member, state: run.item.state });
      }
    }
  }
  return arcs;
}

/** Copies that are being built stay apart from each other: each is its own piece of work. */
function sameLook(a, b) {
  if (!a || !b) {
    return a === b;
  }
  return a.state === b.state && a.member === b.member && a.state !== LEARNER;
}

function namesOf(parts, sequence) {
  const primaries = sequence.map((number) => primaryOf(parts[number]));
  return runs(primaries, (a, b) => a === b)
    .filter((run) => run.item >= 0)
    .map((run) => ({ member: run.item, from: run.from, to: run.to, count: run.to - run.from }));
}

/** Where each zone's primaries stand. */
function zonesOf(parts, sequence, zones) {
  return runs(
    sequence.map((number) => zones[primaryOf(parts[number])]),
    (a, b) => a === b,
  )
    .filter((run) => run.item !== undefined)
    .map((run) => ({ zone: run.item || 'no zone', from: run.from, to: run.to, count: run.to - run.from }));
}

/**
 * One partition in words, as the slider and the panel say it.
 *
 * @param {any} view
 * @param {number} number over all groups
 */
export function describePartition(view, number) {
  const part = view.parts[number];
  const copies = part.replicas.map((replica, i) => {
    const role = i === 0 && replica.state !== LEARNER ? 'primary' : 'backup';
    if (replica.state === NONE) {
      return `${role}: no copy yet`;
    }
    const state = replica.state === LEARNER ? 'catching up' : 'in sync';
    return `${role} ${view.members[replica.member].name}, ${state}`;
  });
  return `Partition ${number}: ${copies.join('; ')}`;
}
