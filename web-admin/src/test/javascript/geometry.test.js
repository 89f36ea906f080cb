// @ts-check
import { TAU, angleOf, order, placeAt, placeByKey, places, pointAt, runs, tracks } from '../app/ring/geometry.js';
import { equal, near, test } from './harness.js';

test('tracks lie inside each other and never overlap, however many copies there are', () => {
  for (const copies of [1, 2, 3, 7, 40]) {
    const all = tracks(copies);
    equal(all.length, copies);
    all.forEach((track, i) => {
      equal(track.outer > track.inner, true);
      equal(i === 0 || all[i - 1].inner > track.outer, true);
    });
    equal(all[copies - 1].inner >= 0.459, true);
  }
});

test('angles go clockwise from the top', () => {
  near(angleOf(64, 256), TAU / 4);
  const [x, y] = pointAt(2, TAU / 4);
  near(x, 2);
  near(y, 0);
  near(pointAt(1, 0)[1], -1);
});

test('the place under a point is the one whose arc is drawn there', () => {
  for (const count of [1, 2, 256, 1024]) {
    for (let place = 0; place < count; place++) {
      const [x, y] = pointAt(0.9, angleOf(place + 0.5, count));
      equal(placeAt(x, y, count, 0.5), place);
    }
  }
});

test('beside the tracks there is no place', () => {
  equal(placeAt(0, 0, 256, 0.5), -1);
  equal(placeAt(2, 0, 256, 0.5), -1);
  equal(placeAt(0.9, 0, 0, 0.5), -1);
});

test('by hash the order is the number, by primary members stand together, by zone their zones', () => {
  equal(order([2, 0, 1, 0], 'hash'), [0, 1, 2, 3]);
  equal(order([2, 0, 1, 0], 'primary'), [1, 3, 2, 0]);
  equal(order([2, 0, 1, 0], 'zone', ['z', 'a', 'a']), [2, 0, 1, 3]);
  equal(places([1, 3, 2, 0]), [3, 0, 2, 1]);
});

test('runs join equal neighbours and lose nothing', () => {
  const joined = runs([1, 1, 2, 2, 2, 1], (a, b) => a === b);
  equal(joined, [
    { from: 0, to: 2, item: 1 },
    { from: 2, to: 5, item: 2 },
    { from: 5, to: 6, item: 1 },
  ]);
  equal(runs([], () => true), []);
});

test('keys move around the ring and past its end', () => {
  equal(placeByKey('ArrowRight', 255, 256), 0);
  equal(placeByKey('ArrowLeft', 0, 256), 255);
  equal(placeByKey('PageUp', 250, 256), 10);
  equal(placeByKey('PageDown', 0, 8), 0);
  equal(placeByKey('Home', 9, 256), 0);
  equal(placeByKey('End', 9, 256), 255);
  equal(placeByKey('a', 9, 256), -1);
});
