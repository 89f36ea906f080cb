package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges when the leases that revocations took away are over (PROTOCOL 4.6, rule 4, invariant I11).
 * A new primary commits nothing before, because the revoked member may still answer reads.
 *
 * <p>Open for subclasses only so that tests can leave out a rule. Not thread-safe.
 */
public class RevocationClock {

  private record Learnt(long at, long credit) {}

  private final long barrier;
  private final SortedMap<Long, Learnt> learnt = new TreeMap<>();
  private final Map<MemberId, Long> confirmed = new TreeMap<>();
  private Learnt snapshot;
  private long snapshotSlot;

  /** A barrier of {@code barrier} nanoseconds, for {@link ClusterTimings#barrier()}. */
  public RevocationClock(long barrier) {
    this.barrier = barrier;
  }

  /** This member got a snapshot: what it learnt of the slots up to that, it learnt now. */
  public void installed(ClusterState state, long now) {
    snapshot = new Learnt(now, 0);
    snapshotSlot = state.slot();
    learnt.clear();
  }

  /** This member applied a slot that revokes somebody. */
  public void applied(long slot, long credit, long now) {
    learnt.put(slot, new Learnt(now, Math.max(0, Math.min(credit, barrier))));
  }

  /** A member told that it applied everything up to {@code slot}. */
  public void confirmed(MemberId member, long slot) {
    confirmed.merge(member, slot, Math::max);
  }

  /** Forgets what no partition of {@code state} waits for. */
  public void retain(ClusterState state) {
    long oldest = Long.MAX_VALUE;
    TreeMap<MemberId, Long> waitedFor = new TreeMap<>();
    for (PartitionGroup group : state.groups()) {
      for (var partition : group.partitions()) {
        waitedFor.putAll(partition.revoked());
        for (long slot : partition.revoked().values()) {
          oldest = Math.min(oldest, slot);
        }
      }
    }
    learnt.headMap(oldest).clear();
    confirmed
        .keySet()
        .removeIf(id -> !waitedFor.containsKey(id) && !state.members().containsKey(id));
  }

  /**
   * Tells whether every lease that these revocations took away is over. Each entry counts, not only
   * the latest: an earlier one may have been learnt with less credit.
   *
   * @param revoked members, each with the slot that revoked it; proven dead ones are not among them
   */
  public boolean over(SortedMap<MemberId, Long> revoked, long now) {
    for (Map.Entry<MemberId, Long> mark : revoked.entrySet()) {
      if (!over(mark.getKey(), mark.getValue(), now)) {
        return false;
      }
    }
    return true;
  }

  /** Tells it of one revocation. */
  public boolean over(MemberId member, long slot, long now) {
    if (confirmed.getOrDefault(member, -1L) >= slot) {
      return true;
    }
    Learnt known = slot <= snapshotSlot && snapshot != null ? snapshot : learnt.get(slot);
    // A slot that this member has not applied yet has not begun to count.
    return known != null && now - known.at() >= barrier - known.credit();
  }
}
