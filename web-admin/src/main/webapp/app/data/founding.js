// @ts-check
/** What founding a cluster again would leave of it, by the view of one of its members. Pure. */
import { IN_SYNC } from './partitions.js';

/**
 * @param {any} view
 * @param {Set<string>} survivors ids of the members that are left
 * @returns {{lost: number, of: number, removed: string[], voters: number, majority: boolean}}
 *   partitions of which no survivor has a copy in sync, out of how many; names of who is removed;
 *   survivors that vote now, and whether they are a majority, which needs no founding
 */
export function remains(view, survivors) {
  const left = view.members.map((member) => survivors.has(member.id));
  const lost = view.parts.filter((part) => !part.replicas.some((replica) => replica.state === IN_SYNC && left[replica.member])).length;
  const voters = view.voters.filter((id) => survivors.has(id)).length;
  return {
    lost,
    of: view.parts.length,
    removed: view.members.filter((member) => !survivors.has(member.id)).map((member) => member.name),
    voters,
    majority: 2 * voters > view.voters.length,
  };
}
