package io.henge.replication.simulation.cluster;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Kinds of trouble. Each seed draws which of them it has (swarm testing). */
public enum Fault {
  /** Messages get lost. */
  DROP,
  /** Messages arrive twice. */
  DUPLICATE,
  /** Messages overtake each other. */
  REORDER,
  /** Some messages take longer than a lease. */
  LONG_DELAY,
  /** Clocks run at rates up to the allowed error apart. */
  CLOCK_RATE,
  /** Processes stop for about a lease, as in a long garbage collection. */
  PAUSE,
  /** Processes stop until they are suspended or even removed. */
  LONG_PAUSE,
  /** One direction of a link is cut. */
  ONE_WAY_CUT,
  /** A link is cut. */
  CUT,
  /** A member cannot send, or cannot receive, or neither. */
  ISOLATION,
  /** The members are split in two. */
  SPLIT,
  /** One direction of a link is many times slower. */
  SLOW_LINK,
  /** One direction of a link holds everything back for a while. */
  CLOG,
  /** Processes die. */
  CRASH,
  /** Processes die before there is a cluster, too, and start again. */
  EARLY_CRASH,
  /** Dead processes are replaced by new incarnations at the same address. */
  RESTART,
  /** Members leave on purpose. */
  LEAVE,
  /** Members are told that a living peer's connection broke. */
  FALSE_HINT,
  /** Nobody is told that a dead peer's connection broke. */
  MISSING_HINT,
  /** Deaths can be proven. */
  DEATH_WITNESS,
  /** Members are told that their clock jumped. */
  CLOCK_JUMP,
  /** Partitions are moved though nothing is wrong. */
  MOVE,
  /** Members have data directories: they found by majority, and remember. */
  DISKS,
  /** With disks: what was written and not synced is lost when a process dies. */
  LOST_WRITES,
  /** With disks: any number of processes die at once, also all of them, and start again. */
  MASS_CRASH,
  /** Members hand over what they hold, as far as they get in a given time, and leave. */
  DRAIN,
  /** Two sides both see some member and not each other. */
  BRIDGE,
  /** The same and nothing else: nobody is cut off, so nobody may have to wait for long. */
  BRIDGE_ALONE,
  /**
   * All members stand still again and again, as on a machine with far too much to do, and nothing
   * else: everything takes its time and has to happen nevertheless.
   */
  STARVED,
  /** Joiners are closed, or die, when they were admitted and have not heard of it. */
  ABANDONED_JOIN,
  /** An operator asks for another leader, and for other primaries. */
  OPERATOR,
  /** With disks: some fail for good while their hosts go on. */
  DISK_FAILURE,
  /** Members renew their leases no more for a while, as in a drill. */
  DRILL,
  /** Some values are large: their frames are cut into fragments, and others overtake them. */
  LARGE_VALUES;

  /** What may happen in a run without a failure: no operation may fail in it. */
  static final Set<Fault> PLANNED =
      Collections.unmodifiableSet(
          EnumSet.of(
              DUPLICATE,
              REORDER,
              CLOCK_RATE,
              RESTART,
              DRAIN,
              ABANDONED_JOIN,
              OPERATOR,
              LARGE_VALUES));

  /** Those that came later: each is drawn from its own stream, so that the others stay. */
  static final Set<Fault> DRAWN_APART =
      Collections.unmodifiableSet(
          EnumSet.of(ABANDONED_JOIN, OPERATOR, DISK_FAILURE, DRILL, LARGE_VALUES));
}
