package io.henge.replication.insight;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.ring.KeyHash;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.PartitionAssignment;

/**
 * Where a key lives.
 *
 * @param key the entry
 * @param hash the place of the key on the ring
 * @param partition the partition's number over all groups
 * @param assignment who holds it
 */
public record KeyPlace(EntryKey key, long hash, int partition, PartitionAssignment assignment) {

  /**
   * Finds a key.
   *
   * @param cache the cache's name
   * @param key the encoded key
   * @return null if there is no such cache
   */
  public static KeyPlace of(ClusterState state, String cache, byte[] key) {
    CacheDefinition definition = state.cache(cache);
    if (definition == null) {
      return null;
    }
    int partition =
        definition.group() * state.partitionsPerGroup()
            + KeyHash.partition(key, state.partitionsPerGroup());
    return new KeyPlace(
        new EntryKey(definition.id(), key),
        KeyHash.hash(key),
        partition,
        state.partition(partition));
  }
}
