package io.henge.replication.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who holds one partition, as the metadata log says.
 *
 * @param epoch the slot that last changed the primary or the in-sync set, or dropped a learner;
 *     every frame carries it
 * @param origin the slot at which the partition began empty: its group's creation, or its reset
 *     after a loss; data of another origin is void
 * @param inSync the in-sync replicas, the first is the primary; empty only while the partition is
 *     lost
 * @param learners replicas that receive state and do not count yet
 * @param revoked members that left the in-sync set and may still hold a lease, each with the slot
 *     that removed it (PROTOCOL 4.6, rule 4)
 */
public record PartitionAssignment(
    long epoch,
    long origin,
    List<MemberId> inSync,
    List<MemberId> learners,
    SortedMap<MemberId, Long> revoked) {

  public PartitionAssignment {
    inSync = List.copyOf(inSync);
    learners = List.copyOf(learners);
    // Mostly empty, and histories keep thousands of assignments.
    revoked =
        revoked.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(revoked));
  }

  /** An assignment that nobody holds yet. */
  public static PartitionAssignment none() {
    return new PartitionAssignment(0, 0, List.of(), List.of(), Collections.emptySortedMap());
  }

  /** Returns the primary, or null while the partition has no in-sync replica. */
  public MemberId primary() {
    return inSync.isEmpty() ? null : inSync.get(0);
  }

  /** Tells whether {@code member} is a replica of any kind. */
  public boolean holds(MemberId member) {
    return inSync.contains(member) || learners.contains(member);
  }

  /** All replicas, the in-sync ones first. */
  public List<MemberId> replicas() {
    List<MemberId> all = new ArrayList<>(inSync);
    all.addAll(learners);
    return all;
  }
}
