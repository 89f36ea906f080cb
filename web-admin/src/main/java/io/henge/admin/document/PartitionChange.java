package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * {@code GET /partitions/{p}/history}: a slot that changed a partition's primary or its in-sync
 * copies.
 *
 * @param slot the slot
 * @param text what it changed, in plain words
 */
public record PartitionChange(long slot, String text) {

  private static final int MOST_CHANGES = 20;

  /**
   * The last changes, newest first, at most 20. A partition's epoch is the slot that changed it
   * last, so one view before each change is enough.
   *
   * @param number the partition
   * @param now the newest view
   * @param oldestSlot the oldest slot that {@code viewAt} answers for; negative if none
   * @param viewAt gives an older view, or null if it is not kept: a member that came back was given
   *     some slots at once
   */
  public static List<PartitionChange> history(
      int number, View now, long oldestSlot, LongFunction<View> viewAt) {
    List<PartitionChange> changes = new ArrayList<>();
    View view = now;
    while (changes.size() < MOST_CHANGES) {
      long slot = view.partitions().get(number).epoch();
      if (oldestSlot < 0 || slot <= oldestSlot || slot > view.slot()) {
        break;
      }
      View before = viewAt.apply(slot - 1);
      // Learners come and go without an epoch: those of the very slot are compared.
      View after = slot == view.slot() ? view : viewAt.apply(slot);
      if (before == null || after == null) {
        break;
      }
      if (number >= before.partitions().size()) {
        changes.add(new PartitionChange(slot, "The partition came to be."));
        break;
      }
      changes.add(new PartitionChange(slot, describe(number, before, after)));
      if (before.partitions().get(number).epoch() >= slot) {
        break;
      }
      view = before;
    }
    return changes;
  }

  private static String describe(int number, View before, View after) {
    Map<String, String> old = roles(number, before);
    Map<String, String> now = roles(number, after);
    List<String> words = new ArrayList<>();
    old.forEach(
        (member, role) -> {
          if (!now.containsKey(member)) {
            words.add(member + ", " + role + ", left");
          }
        });
    now.forEach(
        (member, role) -> {
          String was = old.get(member);
          if (was == null) {
            words.add(member + " came as " + role);
          } else if (!was.equals(role)) {
            words.add(member + " from " + was + " to " + role);
          }
        });
    return words.isEmpty() ? "The same copies, a new epoch." : String.join("; ", words) + ".";
  }

  private static Map<String, String> roles(int number, View view) {
    Partition partition = view.partitions().get(number);
    Map<String, String> roles = new LinkedHashMap<>();
    for (int i = 0; i < partition.replicas().size(); i++) {
      Member member = view.memberAt(partition.replicas().get(i));
      String role = i >= partition.inSync() ? "learner" : i == 0 ? "primary" : "in-sync backup";
      roles.put(member == null ? "a member that is gone" : member.name(), role);
    }
    return roles;
  }
}
