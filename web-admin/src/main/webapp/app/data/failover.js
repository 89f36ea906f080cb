// @ts-check
/** What a failover's phases mean, in words and figures. Pure. */
import { duration, figure, plural } from '../format.js';

/** Names as the page writes them, and what the cluster does meanwhile. */
export const PHASES = {
  suspect: ['suspect', 'from the first sign of trouble to the proposal'],
  agree: ['agree', 'the voters choose the change'],
  barrier: ['wait for the old lease', 'until the failed member can answer nobody any more'],
  promote: ['promote', 'the backups become primaries and commit'],
  replicate: ['re-replicate', 'the lost copies are built again on other members'],
};

const CAUSES = {
  crash: 'crashed',
  silent: 'fell silent',
  expired: 'stayed away too long and was removed',
  left: 'left',
  replaced: 'was replaced',
};

/** node-f crashed */
export function titleOf(failover) {
  return `${failover.member} ${CAUSES[failover.cause] ?? `failed (${failover.cause})`}`;
}

/**
 * Milliseconds from the first suspicion until the new primaries could commit, or null before that:
 * all but the copying is over then, the wait for the old lease included.
 */
export function pauseOf(failover) {
  const ends = failover.phases.filter((phase) => phase.name !== 'replicate').map((phase) => phase.ms[1]);
  return ends.length && !ends.includes(null) ? Math.max(...ends) : null;
}

/** What it did to the operations of one member's own callers, in words; empty if that is not told. */
export function callersOf(failover) {
  const { callers } = failover.impact;
  if (!callers) {
    return '';
  }
  if (!callers.heldUp) {
    return `no operation of ${failover.clock}’s callers was held up`;
  }
  const failed = callers.notDone + callers.unknown;
  return `callers of ${failover.clock}: ${plural(callers.heldUp, 'operation', 'operations')} held up, at most ${duration(callers.longestMs)}; ${plural(callers.repeats, 'retry', 'retries')}, each applied once; ${failed ? `${plural(callers.notDone, 'was', 'were')} refused, ${plural(callers.unknown, 'is', 'are')} unknown` : 'none failed'}`;
}

/**
 * How long a phase took, or has taken by now.
 *
 * @param {{name: string, ms: (number | null)[], done?: number, of?: number}} phase
 * @param {number} elapsed milliseconds since the first suspicion, for a phase that lasts
 */
export function lengthOf(phase, elapsed) {
  const end = phase.ms[1] ?? Math.max(elapsed, Number(phase.ms[0]));
  return Math.max(0, end - Number(phase.ms[0]));
}

/** What stands above a phase's bar. */
export function measureOf(phase, elapsed) {
  const length = duration(lengthOf(phase, elapsed));
  if (phase.ms[1] !== null) {
    return length;
  }
  if (phase.of) {
    return `${Math.floor((100 * (phase.done ?? 0)) / phase.of)} %, ${length} so far`;
  }
  return `${length} so far`;
}

/** What stands below a phase's bar. */
export function progressOf(phase) {
  return phase.of === undefined
    ? `from ${duration(Number(phase.ms[0]))}`
    : phase.ms[1] === null
      ? `${figure(phase.done ?? 0)} of ${plural(phase.of, 'copy', 'copies')}`
      : `${plural(phase.of, 'copy', 'copies')}, from ${duration(Number(phase.ms[0]))}`;
}
