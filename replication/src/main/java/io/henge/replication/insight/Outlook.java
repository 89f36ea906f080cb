package io.henge.replication.insight;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.SortedMap;

/**
 * What would happen if members stopped; see {@link WhatIf}. Partitions are numbered over all
 * groups. What an asynchronous partition has acknowledged and not sent yet is not in any state, so
 * that nothing is said about it here.
 *
 * @param slot the state that it was asked about
 * @param majorityKept whether a majority of the voters would be left to decide anything
 * @param votersUp voters that would be left, as the seats are now
 * @param voters all voters
 * @param lost partitions that would lose their last in-sync copy, and their entries with it
 * @param singleCopy other partitions that would be left with one in-sync copy, having had more
 * @param reduced all partitions that would have fewer in-sync copies than now, the lost ones not
 *     among them; for a drain only those that stay so, for want of members
 * @param moves primaries that would change and copies that would be made, by partition
 * @param entriesToCopy entries in these copies, as far as known
 * @param bytesToCopy bytes in these copies, as far as known
 * @param primariesAfter how many partitions each member left would lead
 * @param refusal one plain sentence on why it could not be done or would stop the cluster; null if
 *     nothing stands against it
 */
public record Outlook(
    long slot,
    boolean majorityKept,
    int votersUp,
    int voters,
    List<Integer> lost,
    List<Integer> singleCopy,
    List<Integer> reduced,
    List<Move> moves,
    long entriesToCopy,
    long bytesToCopy,
    SortedMap<MemberId, Integer> primariesAfter,
    String refusal) {

  /** What moves. */
  public enum Kind {
    /** Another in-sync copy becomes the primary. */
    PRIMARY,
    /** A copy is made on a member that has none. */
    COPY
  }

  /**
   * A move.
   *
   * @param from the primary until then, or the one that the copy is made from
   * @param to the primary from then on, or who gets the copy
   */
  public record Move(Kind kind, int partition, MemberId from, MemberId to) {}

  /** How many moves of a kind there would be. */
  public long count(Kind kind) {
    return moves.stream().filter(move -> move.kind() == kind).count();
  }
}
