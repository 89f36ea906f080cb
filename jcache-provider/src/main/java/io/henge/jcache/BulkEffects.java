package io.henge.jcache;

import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryOutcome;
import java.util.HashSet;
import java.util.Set;

/**
 * What an operation did to its keys, for the statistics: of a key that is done again, because its
 * reservation was lost, the last time counts. Used by one operation at a time.
 */
final class BulkEffects {

  private final Set<Bytes> set = new HashSet<>();
  private final Set<Bytes> removed = new HashSet<>();
  private final Set<Bytes> expiredAtOnce = new HashSet<>();

  void note(Bytes key, byte[] present, EntryOutcome outcome) {
    set.remove(key);
    removed.remove(key);
    expiredAtOnce.remove(key);
    switch (outcome.change()) {
      case SET -> (present == null && outcome.lifetime() == 0 ? expiredAtOnce : set).add(key);
      case REMOVE -> {
        if (present != null) {
          removed.add(key);
        }
      }
      case NONE -> {}
    }
  }

  /** Keys whose new value outlived the operation. */
  int set() {
    return set.size();
  }

  /** Keys that were there. */
  int removed() {
    return removed.size();
  }

  /** Entries that never came to be, since they were to live for no time. */
  int expiredAtOnce() {
    return expiredAtOnce.size();
  }
}
