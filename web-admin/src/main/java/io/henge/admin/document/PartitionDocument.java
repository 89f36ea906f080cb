package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code GET /partitions/{p}}: one partition in words.
 *
 * @param partition its number over all groups
 * @param group its partition group
 * @param slot the slot of the view
 * @param epoch the slot that last changed its primary or its in-sync replicas
 * @param safety in-sync, catching-up, waiting, one-copy or unavailable
 * @param wanted wanted copies, the primary included
 * @param replicas its copies, the primary first
 */
public record PartitionDocument(
    int partition,
    int group,
    long slot,
    long epoch,
    String safety,
    int wanted,
    List<Replica> replicas) {

  /**
   * One copy.
   *
   * @param member the member's name
   * @param id its id
   * @param role primary or backup
   * @param state in-sync or learner
   */
  public record Replica(String member, String id, String role, String state) {}

  /** Describes a partition of a view. */
  public static PartitionDocument of(Partition partition, View view) {
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i < partition.replicas().size(); i++) {
      Member member = view.memberAt(partition.replicas().get(i));
      if (member != null) {
        boolean inSync = i < partition.inSync();
        replicas.add(
            new Replica(
                member.name(),
                member.id(),
                i == 0 && inSync ? "primary" : "backup",
                inSync ? "in-sync" : "learner"));
      }
    }
    String safety = Safety.of(partition, view).name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new PartitionDocument(
        partition.number(),
        partition.group(),
        view.slot(),
        partition.epoch(),
        safety,
        view.wantedCopies(partition.group()),
        replicas);
  }
}
