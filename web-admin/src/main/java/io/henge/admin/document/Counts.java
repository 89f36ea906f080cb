package io.henge.admin.document;

import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.util.EnumMap;
import java.util.Map;

/**
 * Figures of a view.
 *
 * @param members members of the cluster
 * @param partitions partitions of all groups
 * @param inSync partitions with every wanted copy in sync
 * @param catchingUp partitions with a copy being built
 * @param waiting partitions that wait for a member to hold a copy
 * @param oneCopy partitions with one copy left
 * @param unavailable partitions that nobody may answer for
 */
public record Counts(
    int members,
    int partitions,
    int inSync,
    int catchingUp,
    int waiting,
    int oneCopy,
    int unavailable) {

  /** Counts the partitions of a view by their safety. */
  public static Counts of(View view) {
    Map<Safety, Integer> tally = new EnumMap<>(Safety.class);
    for (Partition partition : view.partitions()) {
      tally.merge(Safety.of(partition, view), 1, Integer::sum);
    }
    return new Counts(
        view.members().size(),
        view.partitions().size(),
        tally.getOrDefault(Safety.IN_SYNC, 0),
        tally.getOrDefault(Safety.CATCHING_UP, 0),
        tally.getOrDefault(Safety.WAITING, 0),
        tally.getOrDefault(Safety.ONE_COPY, 0),
        tally.getOrDefault(Safety.UNAVAILABLE, 0));
  }
}
