// @ts-check
import * as store from '../app/data/store.js';
import { equal, test } from './harness.js';

const member = (id, i) => ({ i, id, name: `node-${id}`, zone: '', state: 'active', role: 'data' });

function view(slot, ids, rows) {
  return store.unpackView({
    slot,
    time: 't',
    cluster: 'c',
    partitionsPerGroup: rows.length,
    copies: [1],
    voters: ids,
    members: ids.map(member),
    parts: rows,
  });
}

function change(from, slot, ids, parts) {
  return { from, slot, time: 't', voters: ids, members: ids.map(member), parts };
}

const START = store.withView(store.EMPTY, view(10, ['a', 'b'], [[0, 1, 0], [1, 1, 0]]), 1000);

test('a change that starts at the known slot is applied', () => {
  const next = store.withChange(START, change(10, 12, ['a', 'b'], [[1, 0, 12, 0]]), 2000);
  equal(next.view.slot, 12);
  equal(next.view.parts[1], { epoch: 12, replicas: [{ member: 0, state: 0 }] });
  equal(next.view.parts[0], START.view.parts[0]);
  equal(START.view.slot, 10);
});

test('a change that starts later asks for the whole view', () => {
  equal(store.withChange(START, change(11, 12, ['a', 'b'], []), 2000), null);
  equal(store.withChange(store.EMPTY, change(0, 1, [], []), 2000), null);
});

test('an older change is passed over, an overlapping one applied', () => {
  equal(store.withChange(START, change(8, 9, ['a', 'b'], []), 2000) === START, true);
  equal(store.withChange(START, change(9, 11, ['a', 'b'], []), 2000).view.slot, 11);
});

test('a partition with another primary is marked for a minute', () => {
  const next = store.withChange(START, change(10, 11, ['a', 'b'], [[1, 0, 11, 0]]), 2000);
  equal([...next.promoted], [[1, 2000]]);
  equal(store.withTime(next, 2000 + store.PROMOTED_MILLIS - 1) === next, true);
  equal(store.withTime(next, 2000 + store.PROMOTED_MILLIS).promoted.size, 0);
});

test('a primary that only stands at another position is not marked', () => {
  const next = store.withView(START, view(11, ['b'], [[0, 11, 0], [0, 1, 0]]), 2000);
  equal([...next.promoted.keys()], [0]);
});

test('a member that left stays on the page for a while and keeps its colour', () => {
  const next = store.withView(START, view(11, ['b', 'c'], [[0, 1, 0], [0, 1, 0]]), 2000);
  equal(next.gone, [{ id: 'a', name: 'node-a', zone: '', at: 2000 }]);
  equal([...next.tones], [['a', 0], ['b', 1], ['c', 0]]);
  equal(store.goneMembers(next, 2000).length, 1);
  equal(store.withTime(next, 2000 + store.GONE_MILLIS).gone, []);
});

test('a failover names who left before the page was opened', () => {
  const failover = { id: 9, member: 'node-x', memberId: 'x', at: new Date(500).toISOString() };
  const next = store.withFailover(START, failover);
  equal(store.goneMembers(next, 1000), [{ id: 'x', name: 'node-x', zone: '', at: 500 }]);
  equal(store.goneMembers(next, 500 + store.GONE_MILLIS), []);
});

test('failovers are kept once each, newest first', () => {
  let next = store.withFailover(START, { id: 9, done: 1 });
  next = store.withFailover(next, { id: 11, done: 0 });
  next = store.withFailover(next, { id: 9, done: 2 });
  equal(next.failovers, [{ id: 11, done: 0 }, { id: 9, done: 2 }]);
});

test('events are kept once each', () => {
  let next = store.withEvents(START, [{ number: 1 }, { number: 2 }]);
  next = store.withEvents(next, [{ number: 2 }, { number: 3 }]);
  equal(next.events.map((event) => event.number), [1, 2, 3]);
  equal(store.withEvents(next, [{ number: 3 }]) === next, true);
});

test('another node that answers makes everything known void', () => {
  const cluster = (id) => ({ id: 'c', node: { id } });
  const known = store.withCluster(START, cluster('n1'));
  const same = store.withEvents(known, [{ number: 7 }]);
  equal(store.withCluster(same, cluster('n1')).events.length, 1);
  equal(store.withCluster(same, cluster('n2')).events.length, 0);
  equal(store.withCluster(same, cluster('n2')).view, null);
});

test('the time of the loss is that of its beginning', () => {
  const lost = store.withConnection(START, 'lost', 5);
  equal(store.withConnection(lost, 'lost', 9).lostSince, 5);
  equal(store.withConnection(lost, 'live', 9).lostSince, 0);
});

test('an older view is shown in place of the live one, what it promoted is marked', () => {
  const before = view(6, ['a', 'b'], [[0, 1, 0], [0, 1, 0]]);
  const then = view(7, ['a', 'b'], [[0, 1, 0], [1, 7, 0]]);
  const known = store.withPast(START, { slot: 7, view: then, before, problem: null });
  const shown = store.shownState(known, 7);
  equal([shown.view.slot, [...shown.promoted.keys()]], [7, [1]]);
  equal(store.shownState(known, null) === known, true);
  equal(store.shownState(known, 8).view, null);
  equal(store.shownState(store.withPast(START, { slot: 7, view: then, before: null, problem: null }), 7).promoted.size, 0);
});

test('one cache that is read takes its place among the others, with its rate', () => {
  const counted = (name, hits) => ({ name, hits, misses: 0, puts: 0, removals: 0 });
  const all = store.withCaches(START, [counted('carts', 10), counted('prices', 7)], 1000);
  const next = store.withCache(all, counted('carts', 30), 3000);
  equal(next.caches.map((cache) => cache.hits), [30, 7]);
  equal(next.rates.get('carts').perSecond, 10);
  equal(next.rates.get('prices'), all.rates.get('prices'));
  equal(store.withCache(all, counted('gone', 1), 3000).caches.length, 2);
});
