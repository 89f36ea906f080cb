package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many bytes of effects this member's primaries hold until another member acknowledges them, in
 * all partitions together. Beyond a bound, partitions of which that member has a copy that counts
 * take nothing more for now: a slow member must not fill the memory of those that write (I19).
 * Shared by the primaries, hence by threads.
 */
public final class PeerBacklogs {

  private final long most;

  /** Who owes nothing is not in here. */
  private final ConcurrentHashMap<MemberId, Long> owed = new ConcurrentHashMap<>();

  /**
   * Creates it.
   *
   * @param most bytes beyond which a member is waited for
   */
  public PeerBacklogs(long most) {
    this.most = most;
  }

  /** Bytes that a member has yet to acknowledge. */
  public long of(MemberId member) {
    return owed.getOrDefault(member, 0L);
  }

  /** Whether a member owes so much that nothing more is to be appended for it. */
  public boolean full(MemberId member) {
    return of(member) >= most;
  }

  /** Whether that would be so had some bytes not come. */
  public boolean full(MemberId member, long without) {
    return of(member) - without >= most;
  }

  /** Counts what a replica of one partition owes now. */
  void update(Follower follower, long owes) {
    long change = owes - follower.owed;
    if (change != 0) {
      follower.owed = owes;
      owed.merge(follower.member, change, PeerBacklogs::sum);
    }
  }

  private static Long sum(long one, long other) {
    return one + other == 0 ? null : one + other;
  }
}
