package io.henge.admin.cluster;

import java.util.List;

/**
 * A partition's copies as of one slot.
 *
 * @param number counts over all groups, from 0
 * @param group its partition group
 * @param epoch the slot that last changed its primary or its in-sync replicas
 * @param inSync how many of the replicas are in sync: the first ones, the primary first of all
 * @param replicas the members' positions in the view; -1 for a member that is gone; the learners
 *     follow the in-sync ones
 */
public record Partition(int number, int group, long epoch, int inSync, List<Integer> replicas) {

  public Partition {
    replicas = List.copyOf(replicas);
  }
}
