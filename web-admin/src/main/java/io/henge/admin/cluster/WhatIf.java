package io.henge.admin.cluster;

import java.util.List;

/**
 * What would happen if members stopped.
 *
 * @param slot the state that it is about
 * @param how crash or drain
 * @param majorityKept whether a majority of the voters would be left
 * @param votersUp voters that would be left
 * @param voters all voters
 * @param lost partitions that would lose their last in-sync copy
 * @param singleCopy other partitions that would be left with one in-sync copy
 * @param reduced partitions that would have fewer in-sync copies, the lost ones not among them
 * @param moves primaries that would change and copies that would be made
 * @param entriesToCopy entries in these copies, estimated; 0 if unknown
 * @param bytesToCopy bytes in these copies, estimated; 0 if unknown
 * @param memberIds the data members that would be left
 * @param primaries how many partitions each of them would lead
 * @param refusal one plain sentence on what stands against it; empty if nothing does
 */
public record WhatIf(
    long slot,
    String how,
    boolean majorityKept,
    int votersUp,
    int voters,
    List<Integer> lost,
    List<Integer> singleCopy,
    List<Integer> reduced,
    List<Move> moves,
    long entriesToCopy,
    long bytesToCopy,
    List<String> memberIds,
    List<Integer> primaries,
    String refusal) {

  public WhatIf {
    lost = List.copyOf(lost);
    singleCopy = List.copyOf(singleCopy);
    reduced = List.copyOf(reduced);
    moves = List.copyOf(moves);
    memberIds = List.copyOf(memberIds);
    primaries = List.copyOf(primaries);
  }

  /**
   * Something that would move in one partition.
   *
   * @param kind primary (another copy becomes it) or copy (one is made)
   * @param partition its number over all groups
   * @param fromId the primary until then, or the member that the copy is made from
   * @param toId the primary from then on, or the member that gets the copy
   */
  public record Move(String kind, int partition, String fromId, String toId) {}
}
