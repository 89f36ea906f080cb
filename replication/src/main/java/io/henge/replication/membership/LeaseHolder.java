package io.henge.replication.membership;

import io.henge.replication.consensus.Configuration;
import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * A member's side of its lease (PROTOCOL 4.3, invariant I13). The lease is counted from the time a
 * renewal was <i>sent</i>, and holds once a majority of the voters of the configuration at the
 * renewal's slot granted it.
 *
 * <p>A lease outlives the application of further slots in which the member keeps its place: the
 * lemma speaks of slots that the holder has <i>not</i> applied, and the first of them meets the
 * renewal's majority as before.
 *
 * <p>Open for subclasses only so that tests can leave out a rule. Not thread-safe.
 */
public class LeaseHolder {

  /** No lease. */
  public static final long NONE = Long.MIN_VALUE;

  /** More renewals than this are never waited for at a time. */
  private static final int OUTSTANDING = 64;

  private record Renewal(
      long nonce, long sentAt, Configuration configuration, TreeSet<MemberId> granted) {}

  private final long length;
  private final Deque<Renewal> outstanding = new ArrayDeque<>();
  private boolean allowed;
  private long lastNonce;
  private long end = NONE;

  /** Holds leases of {@code length} nanoseconds; none yet. */
  public LeaseHolder(long length) {
    this.length = length;
  }

  /** When the lease ends on this member's clock, {@link #NONE} if there is none. */
  public long end() {
    return end;
  }

  /** Notes that a renewal leaves now for the voters of {@code configuration}; returns its nonce. */
  public long renewing(Configuration configuration, long now) {
    if (outstanding.size() == OUTSTANDING) {
      outstanding.removeFirst();
    }
    outstanding.addLast(new Renewal(++lastNonce, now, configuration, new TreeSet<>()));
    return lastNonce;
  }

  /** A voter granted a renewal. */
  public void granted(MemberId voter, long nonce, long now) {
    for (Iterator<Renewal> each = outstanding.iterator(); each.hasNext(); ) {
      Renewal renewal = each.next();
      if (renewal.nonce() == nonce) {
        renewal.granted().add(voter);
        if (renewal.configuration().isQuorum(renewal.granted())) {
          each.remove();
          extend(startOf(renewal.sentAt(), now) + length);
        }
        return;
      }
    }
  }

  /** This member applied a slot or may no longer hold a lease for another reason. */
  public void allow(boolean mayHold) {
    allowed = mayHold;
    if (!mayHold) {
      drop();
    }
  }

  /** Gives up the lease and every renewal under way. */
  public void drop() {
    outstanding.clear();
    end = NONE;
  }

  /** When a lease starts whose last needed grant has just arrived: at the sending, never now. */
  protected long startOf(long sentAt, long now) {
    return sentAt;
  }

  private void extend(long until) {
    if (allowed && (end == NONE || until - end > 0)) {
      end = until;
    }
  }
}
