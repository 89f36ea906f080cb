// @ts-check
/** Who answered when the members were asked. Pure. */
import { duration } from '../format.js';

/** From this age on figures are said to be old: the node asks the others every few seconds. */
const OLD_MILLIS = 4000;

/** How many of the members answered of late, and how many there are. */
export function answered({ members }) {
  return { fresh: members.filter((member) => member.ageMillis >= 0 && member.ageMillis < OLD_MILLIS).length, all: members.length };
}

/** What stands beside the name of a member that is late or counts nothing. */
export function noteOf(row) {
  if (row.ageMillis < 0) {
    return 'no answer yet';
  }
  if (row.ageMillis >= OLD_MILLIS) {
    return `no answer for ${duration(row.ageMillis)}`;
  }
  return row.enabled ? '' : 'statistics are off';
}
