// @ts-check
import { IN_SYNC, LEARNER, NONE, countSafety, primaryOf, safetyOf, spread, unpackPartition } from '../app/data/partitions.js';
import { equal, test } from './harness.js';

const UP = [{ state: 'active' }, { state: 'active' }, { state: 'suspended' }];
const part = (...row) => unpackPartition(row);

test('a packed partition is its copies, its epoch and two bits each', () => {
  equal(part(4, 0, -1, 1840, 36), {
    epoch: 1840,
    replicas: [
      { member: 4, state: IN_SYNC },
      { member: 0, state: LEARNER },
      { member: -1, state: NONE },
    ],
  });
});

test('bits that come as a string are read without loss', () => {
  const row = [...Array(30).keys(), 9, String(1n << 58n)];
  equal(unpackPartition(row).replicas[29], { member: 29, state: LEARNER });
});

test('the primary is the first copy if it is in sync', () => {
  equal(primaryOf(part(4, 0, 7, 0)), 4);
  equal(primaryOf(part(4, 7, 1)), -1);
  equal(primaryOf(part(7, 0)), -1);
});

test('safety is the worst that holds, as the server says', () => {
  equal(safetyOf(part(0, 1, 7, 0), 2, UP), 'in-sync');
  equal(safetyOf(part(0, 1, 1, 7, 16), 3, UP), 'catching-up');
  equal(safetyOf(part(0, 1, -1, 7, 32), 3, UP), 'waiting');
  equal(safetyOf(part(0, 1, 2, 7, 16), 3, UP), 'waiting');
  equal(safetyOf(part(0, 1, 7, 4), 2, UP), 'one-copy');
  equal(safetyOf(part(0, 7, 0), 1, UP), 'in-sync');
  equal(safetyOf(part(-1, 7, 2), 1, UP), 'unavailable');
  equal(safetyOf(part(2, 1, 7, 4), 2, UP), 'unavailable');
});

test('the counts add up to all partitions', () => {
  const counts = countSafety([part(0, 1, 7, 0), part(0, 1, 7, 4), part(0, -1, 7, 8)], 2, UP);
  equal(counts, { 'in-sync': 1, 'catching-up': 0, waiting: 0, 'one-copy': 2, unavailable: 0 });
});

test('the spread counts copies of data members only', () => {
  const members = ['data', 'data', 'witness'].map((role) => ({ role, state: 'active' }));
  equal(spread([part(0, 7, 0), part(0, 7, 0), part(0, 7, 0), part(1, 7, 0)], members), 50);
  equal(spread([], members), 0);
});
