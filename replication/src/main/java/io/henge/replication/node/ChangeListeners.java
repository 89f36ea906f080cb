package io.henge.replication.node;

import io.henge.replication.partition.ClientResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Who listens to which cache at this node, in all its lives. Thread-safe. */
final class ChangeListeners {

  /**
   * A cache that is listened to.
   *
   * @param attributes tell the cache from another one that is made under its name later
   * @param previous whether the values before are wanted too
   */
  record Listening(
      String cacheName,
      SortedMap<String, String> attributes,
      ChangeListener listener,
      boolean previous) {}

  private final Duration timeout;
  private final ConcurrentHashMap<String, Listening> byName = new ConcurrentHashMap<>();

  ChangeListeners(Duration timeout) {
    this.timeout = timeout;
  }

  /** Begins, or goes on otherwise; returns what was before, or null. */
  Listening put(Listening listening) {
    return byName.put(listening.cacheName(), listening);
  }

  void remove(String cacheName) {
    byName.remove(cacheName);
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  Collection<Listening> all() {
    return byName.values();
  }

  /** An operation of this member is done: its thread waits here if its listener wants it to. */
  ClientResult after(String cacheName, int partition, ClientResult result) {
    if (result.position() != 0 && !byName.isEmpty()) {
      tell(cacheName, List.of(new ChangePosition(partition, result.position())));
    }
    return result;
  }

  /** As the other one, for the operations of one call; none of them is told if one failed. */
  List<ClientResult> after(
      String cacheName, List<ClientPlane.Item> items, List<ClientResult> results) {
    if (byName.isEmpty()) {
      return results;
    }
    List<ChangePosition> positions = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      ClientResult result = results.get(i);
      if (result.kind() != ClientResult.Kind.DONE && result.kind() != ClientResult.Kind.UNCHANGED) {
        return results; // its caller gets that failure
      }
      if (result.position() != 0) {
        positions.add(new ChangePosition(items.get(i).partition(), result.position()));
      }
    }
    tell(cacheName, positions);
    return results;
  }

  private void tell(String cacheName, List<ChangePosition> positions) {
    Listening listening = byName.get(cacheName);
    if (listening != null && !positions.isEmpty()) {
      listening.listener().onOwnChanges(positions, timeout);
    }
  }
}
