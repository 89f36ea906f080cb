package io.henge.admin.rest;

import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;

/** Finds a partition by its number over all groups. */
final class PartitionsOf {

  private PartitionsOf() {}

  static Partition partition(View view, int number) {
    if (number >= view.partitions().size()) {
      throw new ProblemException(
          Problem.of(
              404,
              "UNKNOWN_PARTITION",
              "No such partition",
              "Partition "
                  + number
                  + " does not exist: the cluster has "
                  + view.partitions().size()
                  + " partitions, counted from 0."));
    }
    return view.partitions().get(number);
  }
}
