package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The leader's side of the shortcut of PROTOCOL 4.3: how long the leases that a slot takes away
 * have been running already. Each voter of the accept quorum tells when it last renewed the revoked
 * members; the <i>minimum</i> counts, because only one of these voters needs to have taken part in
 * the lease.
 *
 * <p>Between a lease's renewal and the slot the voters may have changed, and after two changes the
 * two majorities need not meet. A lease from before a change was sent for before that change was
 * chosen, so the time since this member learnt of the last change is credit in any case, and more
 * than that is never given. Open for subclasses only so that tests can leave out a rule.
 */
public class LeaseCredit {

  private long votersSince;

  /** Knows of no change of voters since {@code now}. */
  public LeaseCredit(long now) {
    votersSince = now;
  }

  /** This member learnt of other voters. */
  public void votersChanged(long now) {
    votersSince = now;
  }

  /**
   * The note that travels with a chosen batch.
   *
   * @param attachments what {@link LeaseGrantor#accepted} told at each voter of the accept quorum
   */
  public byte[] note(List<byte[]> batch, List<byte[]> attachments, long now) {
    SortedSet<MemberId> revoked = Revocations.ofEncoded(batch);
    if (revoked.isEmpty() || attachments.isEmpty()) {
      return new byte[0];
    }
    long credit = Math.max(0, now - votersSince);
    for (byte[] attachment : attachments) {
      credit = Math.min(credit, least(attachment, revoked));
    }
    return credit == 0 ? new byte[0] : new WireWriter(10).writeVarLong(credit).toByteArray();
  }

  /** The credit in a note; 0 if there is none. */
  public static long read(byte[] note) {
    if (note.length == 0) {
      return 0;
    }
    try {
      WireReader reader = new WireReader(note);
      long credit = reader.readVarLong();
      reader.expectEnd();
      return Math.max(0, credit);
    } catch (MalformedFrameException damaged) {
      // Advisory: without it the barrier lasts its full time.
      return 0;
    }
  }

  private static long least(byte[] attachment, SortedSet<MemberId> revoked) {
    TreeMap<MemberId, Long> ages = new TreeMap<>();
    try {
      WireReader reader = new WireReader(attachment);
      reader.readList(r -> ages.put(r.readMember(), r.readVarLong()));
      reader.expectEnd();
    } catch (MalformedFrameException damaged) {
      return 0;
    }
    long least = Long.MAX_VALUE;
    for (MemberId member : revoked) {
      least = Math.min(least, Math.max(0, ages.getOrDefault(member, 0L)));
    }
    return least;
  }
}
