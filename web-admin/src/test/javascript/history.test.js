// @ts-check
import { eventAt, eventsBySlot, failoversSince, filterEvents, pausesOf } from '../app/data/history.js';
import { equal, test } from './harness.js';

const EVENTS = [{ number: 1, slot: 3 }, { number: 2 }, { number: 3, slot: 5 }, { number: 4, slot: 5 }];

test('a slot is told by its newest event, or by that of the slot before', () => {
  equal(eventAt(EVENTS, 5).number, 4);
  equal(eventAt(EVENTS, 4).number, 1);
  equal(eventAt(EVENTS, 2), null);
});

test('marks stand at slots of the window only', () => {
  equal([...eventsBySlot(EVENTS, 4, 9)].map(([slot, event]) => [slot, event.number]), [[5, 4]]);
});

test('a pause is known when all but the copying is over', () => {
  const done = { at: new Date(9).toISOString(), phases: [{ name: 'agree', ms: [0, 40] }, { name: 'promote', ms: [40, 66] }, { name: 'replicate', ms: [66, null] }] };
  const open = { at: new Date(5).toISOString(), phases: [{ name: 'promote', ms: [40, null] }] };
  equal(pausesOf([done, open]), [66]);
  equal(failoversSince([done, open], 6), [done]);
});

test('events are filtered by kind, member, words and whether they are in the log', () => {
  const events = [
    { kind: 'Suspend', member: 'a', text: 'A is silent', slot: 1 },
    { kind: 'Suspend', member: 'b', text: 'B is silent' },
    { kind: 'Resume', member: 'a', text: 'A is back', slot: 2 },
  ];
  const found = (filter) => filterEvents(events, { text: '', kind: '', member: '', logged: false, ...filter }).map((event) => events.indexOf(event));
  equal(found({}), [0, 1, 2]);
  equal(found({ kind: 'Suspend' }), [0, 1]);
  equal(found({ member: 'a', text: ' BACK ' }), [2]);
  equal(found({ logged: true }), [0, 2]);
});
