// @ts-check
import { UNVERIFIED, comparedWith, nextChain, verifyEntries } from '../app/data/chain.js';
import { equal, test } from './harness.js';

const NONE = '0000000000000000';

/** Slots that follow one another, as a member tells them. */
function log(from, to, start = NONE) {
  const entries = [];
  for (let slot = from, before = start; slot <= to; slot++) {
    const commands = [`0102030405060708${slot.toString(16).padStart(4, '0')}`, 'ff'];
    const chain = nextChain(before, slot, commands, [true, false]);
    entries.push({ slot, before, chain, commands, fitted: [true, false] });
    before = chain;
  }
  return entries;
}

test('the page computes what the engine computes', () => {
  // LogChainTest of the engine has the same figures.
  const first = nextChain(NONE, 1, [], []);
  equal(first, '6e789e6aa1b965f4');
  equal(nextChain(first, 2, ['c8e5021f3c597693b0cdea0724415e7b98b5d2', 'ff01020304050607'], [true, false]), '9fd3d5b2c2d4f4c9');
  equal(nextChain('ffffffffffffffff', 2 ** 40, [''], [true]), '6e6ed99143d1b346');
});

test('a log that fits is verified to its end, in one piece or in several', () => {
  const entries = log(7, 30);
  const whole = verifyEntries(UNVERIFIED, entries);
  equal([whole.from, whole.to, whole.count, whole.broken], [7, 30, 24, null]);
  equal(whole.chain, entries[23].chain);
  equal(verifyEntries(verifyEntries(UNVERIFIED, entries.slice(0, 9)), entries.slice(9)), whole);
});

test('whatever is forged in an entry is found at its slot', () => {
  const forgeries = [
    (entry) => ({ ...entry, commands: ['0102030405060709', 'ff'] }),
    (entry) => ({ ...entry, fitted: [true, true] }),
    (entry) => ({ ...entry, commands: entry.commands.slice(0, 1) }),
    (entry) => ({ ...entry, chain: NONE }),
    (entry) => ({ ...entry, before: NONE }),
  ];
  for (const forge of forgeries) {
    const entries = log(7, 30);
    entries[5] = forge(entries[5]);
    const found = verifyEntries(UNVERIFIED, entries);
    equal([found.broken?.slot, found.to], [12, 11]);
  }
});

test('an entry that was forged together with its hash is found at the next one', () => {
  const entries = log(7, 30);
  const commands = ['00'];
  entries[5] = { ...entries[5], commands, chain: nextChain(entries[5].before, 12, commands, [true, false]) };
  equal(verifyEntries(UNVERIFIED, entries).broken?.slot, 13);
});

test('a slot that is left out is found', () => {
  const entries = log(7, 30);
  entries.splice(5, 1);
  equal(verifyEntries(UNVERIFIED, entries).broken?.slot, 13);
});

test('after a gap between two answers the log is verified from there', () => {
  const later = log(40, 50, nextChain(NONE, 39, [], []));
  const found = verifyEntries(verifyEntries(UNVERIFIED, log(7, 30)), later);
  equal([found.from, found.to, found.count, found.broken], [40, 50, 11, null]);
});

test('the end of the log has to be the hash of the view of that slot', () => {
  const found = verifyEntries(UNVERIFIED, log(7, 30));
  equal(comparedWith(found, { slot: 30, chain: found.chain }), found);
  equal(comparedWith(found, { slot: 31, chain: NONE }), found);
  equal(comparedWith(found, { slot: 30, chain: NONE }).broken?.slot, 30);
});
