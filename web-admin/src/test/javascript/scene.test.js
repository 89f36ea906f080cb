// @ts-check
import { unpackView } from '../app/data/store.js';
import { describePartition, sceneOf } from '../app/ring/scene.js';
import { HOME } from '../app/routes.js';
import { equal, test } from './harness.js';

const LOOK = { colours: new Map(), labels: new Map() };
const VIEW = unpackView({
  slot: 5,
  partitionsPerGroup: 3,
  copies: [2, 1],
  members: ['a', 'b'].map((id, i) => ({ i, id, name: `node-${id}`, zone: i ? 'west' : '', state: 'active', role: 'data' })),
  parts: [[0, 1, 5, 0], [0, 1, 5, 4], [1, -1, 5, 8], [1, 5, 0], [1, 5, 0], [0, 5, 0]],
});

test('each group has its own ring', () => {
  equal(sceneOf(VIEW, HOME, new Map(), LOOK).safety['in-sync'], 1);
  const second = sceneOf(VIEW, { ...HOME, group: 1 }, new Map(), LOOK);
  equal([second.base, second.tracks.length, second.safety['in-sync']], [3, 1, 3]);
  equal(sceneOf(VIEW, { ...HOME, group: 9 }, new Map(), LOOK).group, 1);
});

test('neighbours of one look are one arc; copies being built and missing ones are apart', () => {
  const arcs = sceneOf(VIEW, HOME, new Map(), LOOK).arcs;
  equal(arcs, [
    { track: 0, from: 0, to: 2, member: 0, state: 0 },
    { track: 0, from: 2, to: 3, member: 1, state: 0 },
    { track: 1, from: 0, to: 1, member: 1, state: 0 },
    { track: 1, from: 1, to: 2, member: 1, state: 1 },
    { track: 1, from: 2, to: 3, member: -1, state: 2 },
  ]);
});

test('promoted partitions are marked where they stand', () => {
  const marks = sceneOf(VIEW, { ...HOME, group: 1, order: 'primary' }, new Map([[5, 1]]), LOOK).marks;
  equal(marks, [{ from: 0, to: 1, item: true }]);
});

test('by zone the ring names zones and members', () => {
  const scene = sceneOf(VIEW, { ...HOME, order: 'zone' }, new Map(), LOOK);
  equal(scene.zones, [{ zone: 'no zone', from: 0, to: 2, count: 2 }, { zone: 'west', from: 2, to: 3, count: 1 }]);
  equal(scene.names, [{ member: 0, from: 0, to: 2, count: 2 }, { member: 1, from: 2, to: 3, count: 1 }]);
  equal(sceneOf(VIEW, HOME, new Map(), LOOK).zones, []);
});

test('a partition is told in words', () => {
  equal(describePartition(VIEW, 1), 'Partition 1: primary node-a, in sync; backup node-b, catching up');
  equal(describePartition(VIEW, 2), 'Partition 2: primary node-b, in sync; backup: no copy yet');
});
