package io.henge.admin.document;

import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GET /view}: members, voters and every partition as of one slot.
 *
 * @param slot the last applied slot
 * @param time when the answering member applied it
 * @param cluster the cluster's id
 * @param partitions partitions of all groups
 * @param partitionsPerGroup partitions of each group; group g holds the numbers from g times this
 * @param copies wanted copies of each group now, the primary included
 * @param voters the voters' ids; one that is no member is gone and not yet replaced
 * @param leader the Paxos leader, null while none is known
 * @param members the members
 * @param parts the partitions by number, see {@link PackedPartition}
 * @param chain hash over the whole log up to the slot, equal on every member; empty if unknown
 */
public record ViewDocument(
    long slot,
    Instant time,
    String cluster,
    int partitions,
    int partitionsPerGroup,
    List<Integer> copies,
    List<String> voters,
    Leader leader,
    List<MemberDocument> members,
    List<List<Object>> parts,
    String chain) {

  /** Packs a view of a cluster. */
  public static ViewDocument of(String cluster, View view) {
    List<Integer> copies = new ArrayList<>();
    for (int group = 0; group < view.groupCopies().size(); group++) {
      copies.add(view.wantedCopies(group));
    }
    return new ViewDocument(
        view.slot(),
        view.time(),
        cluster,
        view.partitions().size(),
        view.partitionsPerGroup(),
        copies,
        view.voterIds(),
        Leader.of(view),
        MemberDocument.of(view),
        view.partitions().stream().map(partition -> PackedPartition.pack(partition, view)).toList(),
        view.chain());
  }

  /**
   * The entity tag, without quotes: the slot, and what can change without one (the leader, and the
   * cluster itself after a restart).
   */
  public String tag() {
    String besides = cluster + (leader == null ? "" : leader.id() + leader.ballot());
    return "slot-" + slot + "-" + Integer.toHexString(besides.hashCode());
  }
}
