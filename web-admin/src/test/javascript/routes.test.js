// @ts-check
import { HOME, formatRoute, parseRoute } from '../app/routes.js';
import { equal, test } from './harness.js';

test('an empty address is home', () => {
  equal(parseRoute(''), HOME);
  equal(formatRoute(HOME), '#/ring');
});

test('what is written is read again', () => {
  const route = { ...HOME, cluster: 'orders/a b', partition: 99, order: 'primary', form: 'table', group: 2, member: 'x' };
  equal(parseRoute(formatRoute(route)), route);
});

test('nonsense in an address is passed over', () => {
  equal(parseRoute('#/ring?p=-1&order=x&form=y&group=1e9'), HOME);
});
