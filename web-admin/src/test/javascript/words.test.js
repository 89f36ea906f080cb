// @ts-check
import { sortOf } from '../app/data/kinds.js';
import { bytes, duration, plural, share, shortId } from '../app/format.js';
import { colours, labels } from '../app/members.js';
import { callersOf, lengthOf, measureOf, pauseOf, titleOf } from '../app/data/failover.js';
import { equal, test } from './harness.js';

const named = (...names) => names.map((name, i) => ({ id: String(i), name, zone: `z${i % 2}` }));
const tones = (count) => new Map([...Array(count).keys()].map((i) => [String(i), i]));

test('durations are short and honest', () => {
  equal([0, 0.4, 21, 999, 6400, 46_000, 130_000].map(duration), ['0 ms', '< 1 ms', '21 ms', '999 ms', '6.4 s', '46 s', '2 min 10 s']);
});

test('one is not many', () => {
  equal([plural(1, 'copy', 'copies'), plural(1842, 'copy', 'copies')], ['1 copy', '1,842 copies']);
});

test('an id is shortened to what the eye compares', () => {
  equal(shortId('c1f09b2e-0000-4000-8000-00000000ab01'), 'c1f0·ab01');
});

test('a member is labelled by the last part of its name', () => {
  equal([...labels(named('node-a', 'node-b'), tones(2)).values()], ['A', 'B']);
  equal([...labels(named('payara1', 'payara12'), tones(2)).values()], ['1', '12']);
});

test('labels that would be the same become letters', () => {
  equal([...labels(named('a-1', 'b-1'), tones(2)).values()], ['A', 'B']);
  equal([...labels(named('alpha', 'beta'), tones(2)).values()], ['A', 'B']);
});

test('a member that came back has the label of the one that left', () => {
  const both = labels(named('node-a', 'node-b'), tones(2), [{ id: 'old', name: 'node-b' }]);
  equal([...both], [['old', 'B'], ['0', 'A'], ['1', 'B']]);
});

test('past eight members the zone gives the hue', () => {
  equal(colours(named('a', 'b'), tones(2)).get('1'), 'var(--m1)');
  const many = colours(named(...'abcdefghij'), tones(10));
  equal(many.get('0'), 'hsl(210 62% 32%)');
  equal(new Set(many.values()).size, 10);
});

test('what callers felt is told with how each ended', () => {
  const of = (callers) => callersOf({ clock: 'node-a', impact: { callers } });
  equal(of(undefined), '');
  equal(of({ heldUp: 0 }), 'no operation of node-a’s callers was held up');
  equal(of({ heldUp: 31, repeats: 37, notDone: 0, unknown: 0, longestMs: 534 }), 'callers of node-a: 31 operations held up, at most 534 ms; 37 retries, each applied once; none failed');
  equal(of({ heldUp: 2, repeats: 1, notDone: 1, unknown: 2, longestMs: 9 }), 'callers of node-a: 2 operations held up, at most 9 ms; 1 retry, each applied once; 1 was refused, 2 are unknown');
});

test('kinds of events are recognised by their words', () => {
  equal(['RemoveMember', 'Suspend', 'ActivateMember', 'RemoveVoter', 'LEADER_CHANGED', 'PromoteLearner', 'x'].map((kind) => sortOf(kind).tone), ['bad', 'bad', 'ok', 'accent', 'accent', 'ok', 'plain']);
});

test('a failover is told by its phases', () => {
  const failover = {
    member: 'node-f',
    cause: 'crash',
    phases: [
      { name: 'promote', ms: [486, 512] },
      { name: 'replicate', ms: [512, null], done: 86, of: 136 },
    ],
  };
  equal(titleOf(failover), 'node-f crashed');
  equal(pauseOf(failover), 512);
  equal(pauseOf({ phases: [...failover.phases, { name: 'barrier', ms: [512, 800] }] }), 800);
  equal(pauseOf({ phases: [...failover.phases, { name: 'barrier', ms: [512, null] }] }), null);
  equal(lengthOf(failover.phases[0], 9000), 26);
  equal(measureOf(failover.phases[1], 4612), '63 %, 4.1 s so far');
});

test('shares and bytes are short', () => {
  equal([0.9312, null, undefined, Number.NaN, 0].map(share), ['93.1 %', '–', '–', '–', '0.0 %']);
  equal([12, 3_700_000, 336_420_000].map(bytes), ['12 B', '3.7 MB', '336 MB']);
});
