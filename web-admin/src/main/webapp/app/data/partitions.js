// @ts-check
/**
 * Partitions as the page knows them, and how safe each is. Pure.
 *
 * @typedef {{member: number, state: number}} Replica a member's position, -1 for none
 * @typedef {{epoch: number, replicas: Replica[]}} Partition
 * @typedef {'in-sync' | 'catching-up' | 'waiting' | 'one-copy' | 'unavailable'} Safety
 */

export const IN_SYNC = 0;
export const LEARNER = 1;
export const NONE = 2;

/** The five words of safety, best first. @type {Safety[]} */
export const SAFETIES = ['in-sync', 'catching-up', 'waiting', 'one-copy', 'unavailable'];

/** @type {Record<Safety, string>} */
export const SAFETY_WORDS = {
  'in-sync': 'in sync',
  'catching-up': 'catching up',
  waiting: 'waiting for a copy',
  'one-copy': 'one copy left',
  unavailable: 'unavailable',
};

/**
 * Reads a packed partition: members' positions, epoch, two bits for each copy. The bits are a
 * string where a number would lose some.
 *
 * @param {(number | string)[]} row
 * @returns {Partition}
 */
export function unpackPartition(row) {
  const copies = row.length - 2;
  const bits = BigInt(row[copies + 1]);
  const replicas = [];
  for (let i = 0; i < copies; i++) {
    replicas.push({ member: Number(row[i]), state: Number((bits >> BigInt(2 * i)) & 3n) });
  }
  return { epoch: Number(row[copies]), replicas };
}

/** The position of the primary, or -1. @param {Partition} partition */
export function primaryOf(partition) {
  const first = partition.replicas[0];
  return first && first.state === IN_SYNC ? first.member : -1;
}

/**
 * The worst that holds. The server's Safety.java says the same.
 *
 * @param {Partition} partition
 * @param {number} wanted wanted copies, the primary included
 * @param {{state: string}[]} members
 * @returns {Safety}
 */
export function safetyOf(partition, wanted, members) {
  const primary = primaryOf(partition);
  if (primary < 0 || members[primary].state === 'suspended') {
    return 'unavailable';
  }
  const inSync = partition.replicas.filter((replica) => replica.state === IN_SYNC).length;
  const learners = partition.replicas.filter(
    (replica) => replica.state === LEARNER && members[replica.member].state !== 'suspended',
  ).length;
  if (inSync >= wanted) {
    return 'in-sync';
  }
  if (inSync === 1) {
    return 'one-copy';
  }
  return inSync + learners >= wanted ? 'catching-up' : 'waiting';
}

/**
 * How many partitions are how safe.
 *
 * @param {Partition[]} partitions
 * @param {number} wanted
 * @param {{state: string}[]} members
 * @returns {Record<Safety, number>}
 */
export function countSafety(partitions, wanted, members) {
  /** @type {Record<Safety, number>} */
  const counts = { 'in-sync': 0, 'catching-up': 0, waiting: 0, 'one-copy': 0, unavailable: 0 };
  for (const partition of partitions) {
    counts[safetyOf(partition, wanted, members)]++;
  }
  return counts;
}

/**
 * How far the fullest and the emptiest data member are from the mean, in percent of it.
 *
 * @param {Partition[]} partitions
 * @param {{role: string, state: string}[]} members
 */
export function spread(partitions, members) {
  const load = members.map(() => 0);
  for (const partition of partitions) {
    for (const replica of partition.replicas) {
      if (replica.member >= 0) {
        load[replica.member]++;
      }
    }
  }
  const loads = load.filter((_, i) => members[i].role === 'data');
  const mean = loads.reduce((sum, n) => sum + n, 0) / loads.length;
  return mean > 0 ? Math.round((100 * Math.max(...loads.map((n) => Math.abs(n - mean)))) / mean) : 0;
}
