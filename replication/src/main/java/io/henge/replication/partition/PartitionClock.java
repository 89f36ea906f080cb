package io.henge.replication.partition;

/**
 * A partition's own time, in which deadlines are written: nanoseconds since it began, kept by its
 * primaries one after the other. The primary lets its own clock run on; every frame tells the time
 * at its sending, and a replica follows. So deadlines are the same on all copies and survive a
 * failover, and no two members' clocks are ever compared (PROTOCOL 4.7).
 *
 * <p>A follower is never ahead of its primary. It is behind by the transit of the frame that came
 * fastest of late, and by the rates' difference since then. One writer; {@link #time} by any
 * thread.
 */
final class PartitionClock {

  /** Two clocks that each err by 5 % drift apart by at most a tenth. */
  private static final long DRIFT = 10;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private volatile long offset = UNKNOWN;
  private long heard;
  private boolean following;

  /** Forgets the time: the partition begins, or is somebody else's. */
  void reset() {
    offset = UNKNOWN;
  }

  /** This member keeps the time from now on. */
  void lead(long now) {
    if (offset == UNKNOWN) {
      offset = -now;
    }
  }

  /** Another member keeps the time from now on: the first that it tells is taken as it is. */
  void follow() {
    following = false;
  }

  /** The primary's time when it sent what has arrived now. */
  void heard(long time, long now) {
    long told = time - now;
    long known = offset;
    offset = following ? Math.max(told, known - (now - heard) / DRIFT) : told;
    following = true;
    heard = now;
  }

  /** The partition's time; the earliest possible while none is known. */
  long time(long now) {
    long known = offset;
    return known == UNKNOWN ? 0 : now + known;
  }
}
