package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Partition groups and the caches in them. */
final class CacheRules {

  private CacheRules() {}

  /** Members of the placement that went away meanwhile are left out; a partition may start lost. */
  static boolean createGroup(StateDraft draft, Command.CreateGroup command) {
    if (command.copies() < 1
        || draft.groupOf(command.copies(), command.mode()) >= 0
        || command.placement().size() != draft.partitionsPerGroup) {
      return false;
    }
    List<PartitionAssignment> partitions = new ArrayList<>(command.placement().size());
    for (List<MemberId> planned : command.placement()) {
      partitions.add(
          new PartitionAssignment(
              draft.slot,
              draft.slot,
              PartitionRules.active(draft, planned),
              List.of(),
              new TreeMap<>()));
    }
    draft.addGroup(new PartitionGroup(command.copies(), command.mode(), partitions));
    return true;
  }

  static boolean create(StateDraft draft, Command.CreateCache command) {
    int group = draft.groupOf(command.copies(), command.mode());
    if (group < 0 || named(draft, command.name())) {
      return false;
    }
    int id = draft.nextCacheId++;
    draft.caches.put(id, new CacheDefinition(id, command.name(), group, command.attributes()));
    return true;
  }

  static boolean destroy(StateDraft draft, Command.DestroyCache command) {
    return draft.caches.remove(command.cache()) != null;
  }

  private static boolean named(StateDraft draft, String name) {
    return draft.caches.values().stream().anyMatch(cache -> cache.name().equals(name));
  }
}
