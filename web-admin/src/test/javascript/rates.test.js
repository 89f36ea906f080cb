// @ts-check
import { hitRatio, withReading } from '../app/data/rates.js';
import { equal, test } from './harness.js';

const cache = (hits, rest = {}) => ({ name: 'carts', hits, misses: 0, puts: 0, removals: 0, ...rest });

test('two readings make a rate, one does not', () => {
  const first = withReading(new Map(), [cache(10)], 1000);
  equal(first.get('carts').perSecond, undefined);
  const second = withReading(first, [cache(30, { puts: 4 })], 3000);
  equal(second.get('carts').perSecond, 12);
  equal(second.get('carts').series, [12]);
});

test('readings that are too close, reset counters and caches without counters make none', () => {
  const first = withReading(new Map(), [cache(10)], 1000);
  equal(withReading(first, [cache(90)], 1100).get('carts'), first.get('carts'));
  equal(withReading(first, [cache(2)], 3000).get('carts').perSecond, undefined);
  equal(withReading(first, [{ name: 'carts' }], 3000).size, 0);
});

test('a hit ratio needs a read', () => {
  equal(hitRatio(cache(3, { misses: 1 })), 0.75);
  equal(hitRatio(cache(0)), null);
  equal(hitRatio({}), null);
});
