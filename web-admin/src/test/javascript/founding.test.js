// @ts-check
import { remains } from '../app/data/founding.js';
import { unpackPartition } from '../app/data/partitions.js';
import { equal, test } from './harness.js';

const VIEW = {
  members: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: `node-${id}` })),
  voters: ['a', 'b', 'c'],
  // In sync at a and b; at c and d; at c, with a that is catching up; nowhere.
  parts: [[0, 1, 9, 0], [2, 3, 9, 0], [2, 0, 9, 4], [-1, -1, 9, 10]].map(unpackPartition),
};

test('lost is of what no survivor has a copy in sync', () => {
  equal(remains(VIEW, new Set(['a'])), { lost: 3, of: 4, removed: ['node-b', 'node-c', 'node-d'], voters: 1, majority: false });
  equal(remains(VIEW, new Set(['a', 'd'])).lost, 2);
  equal(remains(VIEW, new Set(['b', 'c'])), { lost: 1, of: 4, removed: ['node-a', 'node-d'], voters: 2, majority: true });
});
