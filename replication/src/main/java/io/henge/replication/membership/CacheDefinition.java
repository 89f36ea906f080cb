package io.henge.replication.membership;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cache of the cluster.
 *
 * @param id unique for the life of the cluster, so that a cache made again under the same name is
 *     empty
 * @param name the name; any characters
 * @param group index of the {@link PartitionGroup} that holds its entries
 * @param attributes what the layer above wants all members to agree on, small strings only; never a
 *     user's class
 */
public record CacheDefinition(
    int id, String name, int group, SortedMap<String, String> attributes) {

  public CacheDefinition {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** Convenience for tests and callers without attributes. */
  public static CacheDefinition of(int id, String name, int group) {
    return new CacheDefinition(id, name, group, new TreeMap<>(Map.of()));
  }
}
