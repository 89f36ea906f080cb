// @ts-check
/** How members are drawn: a letter and a colour each. Pure. */

/** Colours with names of their own; past that, the zone gives the hue and the member the lightness. */
export const NAMED_TONES = 8;
const ZONE_HUES = [210, 35, 165, 320, 95, 265];

/**
 * A short label for each member: the last part of its name, or a letter by colour where two would
 * be the same. A member that left keeps its label, which its next incarnation may have as well.
 *
 * @param {{id: string, name: string}[]} members
 * @param {Map<string, number>} tones
 * @param {{id: string, name: string}[]} gone
 * @returns {Map<string, string>} by id
 */
export function labels(members, tones, gone = []) {
  const own = members.map((member) => lastPart(member.name));
  const distinct = new Set(own).size === own.length && !own.includes('');
  return new Map(
    [...gone, ...members].map((member, i) => [
      member.id,
      distinct ? lastPart(member.name) : letter(tones.get(member.id) ?? i),
    ]),
  );
}

function lastPart(name) {
  const match = /([0-9]+|[^\W_0-9]+)$/.exec(name);
  return match && match[1].length <= 2 ? match[1].toUpperCase() : '';
}

function letter(tone) {
  return tone < 26 ? String.fromCharCode(65 + tone) : String(tone + 1);
}

/**
 * The CSS colour of each member.
 *
 * @param {{id: string, zone: string}[]} members
 * @param {Map<string, number>} tones
 * @returns {Map<string, string>} by id
 */
export function colours(members, tones) {
  const named = members.every((member) => (tones.get(member.id) ?? 0) < NAMED_TONES);
  if (named) {
    return new Map(members.map((member) => [member.id, `var(--m${tones.get(member.id)})`]));
  }
  const zones = [...new Set(members.map((member) => member.zone))].sort();
  return new Map(
    members.map((member) => {
      const peers = members.filter((other) => other.zone === member.zone);
      const place = peers.indexOf(member) / Math.max(1, peers.length - 1);
      const hue = ZONE_HUES[zones.indexOf(member.zone) % ZONE_HUES.length];
      return [member.id, `hsl(${hue} 62% ${Math.round(32 + 36 * place)}%)`];
    }),
  );
}
