// @ts-check
/** What sort of thing an event is: its sign and its tone. Unknown kinds are plain. Pure. */

const SORTS = [
  [/lost|diverge|expel|reset/i, 'bad', 'bad'],
  [/suspend|remove(?!voter)|suspect|crash|fail/i, 'leave', 'bad'],
  [/lease/i, 'warn', 'warn'],
  [/voter|leader|ballot|elect/i, 'vote', 'accent'],
  [/add|activate|join|found|resume|member/i, 'join', 'ok'],
  [/promote|insync|rebuil|sync/i, 'heal', 'ok'],
  [/cache|group/i, 'dot', 'accent'],
];

/**
 * @param {string} kind for instance RemoveMember or LEADER_CHANGED
 * @returns {{sign: string, tone: string}} an icon's name; ok, warn, bad, accent or plain
 */
export function sortOf(kind) {
  for (const [pattern, sign, tone] of SORTS) {
    if (/** @type {RegExp} */ (pattern).test(kind)) {
      return { sign: String(sign), tone: String(tone) };
    }
  }
  return { sign: 'dot', tone: 'plain' };
}
