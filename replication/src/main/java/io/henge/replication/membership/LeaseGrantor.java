package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A voter's side of the leases (PROTOCOL 4.3, invariant I12): it renews nobody who has not applied
 * everything that this voter accepted. Then the accept majority of any slot meets the renewal
 * majority of any lease from before it in a voter that renewed first, so the lease was sent for
 * before the slot was chosen.
 *
 * <p>Open for subclasses only so that tests can leave out a rule. Not thread-safe.
 */
public class LeaseGrantor {

  private final long since;
  private final Map<MemberId, Long> lastGrant = new TreeMap<>();
  private long revokeIndex;

  /** A voter that has granted nothing before {@code now}, because its incarnation is new. */
  public LeaseGrantor(long now) {
    since = now;
  }

  /** The highest slot with commands that this voter accepted or applied. */
  public long revokeIndex() {
    return revokeIndex;
  }

  /** Answers a renewal of {@code member}, which has applied everything up to {@code slot}. */
  public boolean renew(MemberId member, long slot, long now) {
    if (slot < revokeIndex) {
      return false;
    }
    lastGrant.put(member, now);
    return true;
  }

  /**
   * This voter is about to answer Accepted.
   *
   * @return for each member that the batch revokes, how long ago this voter last renewed it;
   *     readable by {@link LeaseCredit}
   */
  public byte[] accepted(long slot, List<byte[]> batch, long now) {
    if (batch.isEmpty()) {
      return new byte[0];
    }
    revokeIndex = Math.max(revokeIndex, slot);
    SortedSet<MemberId> revoked = Revocations.ofEncoded(batch);
    if (revoked.isEmpty()) {
      return new byte[0];
    }
    WireWriter writer = new WireWriter(32);
    writer.writeList(revoked, (w, member) -> w.writeMember(member).writeVarLong(age(member, now)));
    return writer.toByteArray();
  }

  /** This member applied a slot, whether it had accepted it or not. */
  public void applied(ClusterState state, boolean withCommands) {
    if (withCommands) {
      revokeIndex = Math.max(revokeIndex, state.slot());
    }
    // Not those unknown to the state: this voter may have renewed a member whose joining it has not
    // applied yet, and forgetting that would overstate the credit.
    lastGrant.keySet().removeAll(state.removed());
  }

  private long age(MemberId member, long now) {
    return Math.max(0, now - lastGrant.getOrDefault(member, since));
  }
}
