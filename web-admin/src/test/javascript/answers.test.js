// @ts-check
import { answered, noteOf } from '../app/data/answers.js';
import { equal, test } from './harness.js';

const member = (ageMillis, enabled = true) => ({ ageMillis, enabled });

test('a member that does not answer is said to be missing, never counted as zero', () => {
  const members = [member(40), member(6400), member(-1), member(40, false)];
  equal(members.map(noteOf), ['', 'no answer for 6.4 s', 'no answer yet', 'statistics are off']);
  equal(answered({ members }), { fresh: 2, all: 4 });
});
