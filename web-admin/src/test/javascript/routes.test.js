// @ts-check
import { HOME, PAGES, formatRoute, pageRoute, parseRoute } from '../app/routes.js';
import { equal, test } from './harness.js';

test('an empty address is home', () => {
  equal(parseRoute(''), HOME);
  equal(formatRoute(HOME), '#/overview');
});

test('what is written is read again', () => {
  const route = { ...HOME, page: 'ring', cluster: 'orders/a b', slot: 0, partition: 99, order: 'zone', form: 'table', group: 2, member: 'x' };
  equal(parseRoute(formatRoute(route)), route);
  const one = { ...HOME, page: 'caches', id: 'a/b ?#&=%', stop: 'x,y', how: 'drain', cache: 'ü' };
  equal(parseRoute(formatRoute(one)), one);
  for (const page of PAGES) {
    equal(parseRoute(`#/${page}`).page, page);
  }
});

test('nonsense in an address is passed over', () => {
  equal(parseRoute('#/nowhere/x?p=-1&order=x&form=y&group=1e9&slot=-3&how=no'), HOME);
  equal(parseRoute('#/caches/%E0%A4%A').id, '');
});

test('another page keeps the cluster and the slot, and nothing else', () => {
  const route = { ...HOME, page: 'ring', cluster: 'c', slot: 9, member: 'x', id: '7' };
  equal(pageRoute(route, 'log', { id: 'y' }), { ...HOME, page: 'log', cluster: 'c', slot: 9, id: 'y' });
});
