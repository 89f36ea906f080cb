package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * Under which id a member votes (PROTOCOL 4.4). A member without durable memory votes under its own
 * id and is a new voter whenever it starts. One with a data directory votes under the directory's
 * id, which outlives its incarnations: whoever holds the directory continues the same acceptor.
 *
 * @param id the acceptor's id; the member's own one unless its memory is older than the member
 * @param start counts the incarnations that held the directory, from 1; 0 without durable memory.
 *     Of two members with one id the one with the higher start is alive and the other one is dead,
 *     because the directory's lock is held by one process at a time
 * @param able whether the member may vote at all; false if its memory is damaged
 */
public record VoterIdentity(MemberId id, long start, boolean able) {

  /** Of a member that forgets everything when it ends. */
  public static VoterIdentity volatileOf(MemberId member) {
    return new VoterIdentity(member, 0, true);
  }

  /** Of a member whose memory cannot be used: it must not vote. */
  public static VoterIdentity unable(MemberId member) {
    return new VoterIdentity(member, 0, false);
  }

  /** Whether the acceptor survives its process. */
  public boolean durable() {
    return start > 0;
  }

  /** Whether both are the same acceptor, in this or another incarnation. */
  boolean isSameAs(VoterIdentity other) {
    return durable() && other.durable() && id.equals(other.id);
  }
}
