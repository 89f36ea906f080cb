package io.henge.replication.routing;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this member knows of how quickly others answer its reads: a moving average of the response
 * time, which jumps up with a slow answer and sinks slowly, and the reads under way. Thread-safe.
 *
 * <p>An average that is not renewed fades, so that a member that was slow once is tried again after
 * a while; nobody else would ever measure it anew.
 */
public final class MemberLoads {

  /** Time in which an old average loses two thirds of its say. */
  private static final double FADE_NANOS = 1e9;

  /** Keeps the reads under way in the product for a member that was never measured. */
  private static final double LEAST_NANOS = 1_000;

  private final ConcurrentHashMap<MemberId, Load> loads = new ConcurrentHashMap<>();

  private static final class Load {
    private double average;
    private long measuredAt;
    private int outstanding;

    private double averageAt(long now) {
      return average * weight(now);
    }

    private double weight(long now) {
      return Math.exp(-Math.max(0, now - measuredAt) / FADE_NANOS);
    }

    /** Slow answers count at once: queues build up faster than they drain (peak EWMA). */
    private void measure(long nanos, long now) {
      double faded = averageAt(now);
      // Many answers within a moment say as much as one, in proportion to the time between them;
      // but each says something.
      double old = Math.min(weight(now), 0.95);
      average = nanos > faded ? nanos : faded * old + nanos * (1 - old);
      measuredAt = now;
    }
  }

  /** A read was sent to a member. */
  public void asked(MemberId member) {
    Load load = load(member);
    synchronized (load) {
      load.outstanding++;
    }
  }

  /** The member answered a read. */
  public void answered(MemberId member, long tookNanos, long now) {
    Load load = load(member);
    synchronized (load) {
      load.outstanding = Math.max(0, load.outstanding - 1);
      load.measure(tookNanos, now);
    }
  }

  /** A read by this member on its own copy; none was under way for it. */
  public void measured(MemberId member, long tookNanos, long now) {
    Load load = load(member);
    synchronized (load) {
      load.measure(tookNanos, now);
    }
  }

  /** The member has not answered for so long, or refused: counts as an answer as slow as that. */
  public void slow(MemberId member, long nanos, long now) {
    Load load = load(member);
    synchronized (load) {
      if (nanos > load.averageAt(now)) {
        load.measure(nanos, now);
      }
    }
  }

  /** Nobody waits for the member's answer any more. */
  public void dropped(MemberId member) {
    Load load = load(member);
    synchronized (load) {
      load.outstanding = Math.max(0, load.outstanding - 1);
    }
  }

  /** The expected response time in nanoseconds, 0 if unknown. */
  public long expected(MemberId member, long now) {
    Load load = loads.get(member);
    if (load == null) {
      return 0;
    }
    synchronized (load) {
      return (long) load.averageAt(now);
    }
  }

  /** What one more read there costs: expected response time times the reads before it. */
  double cost(MemberId member, long now) {
    Load load = loads.get(member);
    if (load == null) {
      return LEAST_NANOS;
    }
    synchronized (load) {
      return Math.max(LEAST_NANOS, load.averageAt(now)) * (load.outstanding + 1);
    }
  }

  /** Forgets all other members. */
  public void retain(Set<MemberId> members) {
    loads.entrySet().removeIf(each -> !members.contains(each.getKey()));
  }

  private Load load(MemberId member) {
    return loads.computeIfAbsent(member, absent -> new Load());
  }
}
