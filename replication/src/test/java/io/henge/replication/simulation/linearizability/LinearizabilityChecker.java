package io.henge.replication.simulation.linearizability;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides linearizability of histories, key by key (the property is local). Two operations whose
 * times touch count as concurrent. Refused operations are ignored; those of unknown outcome may
 * take effect at any time after their call, or never.
 */
public final class LinearizabilityChecker {

  private LinearizabilityChecker() {}

  /** Checks a history of keys that are absent at first; returns the first violation by key. */
  public static Optional<Violation> check(Collection<RecordedOperation> history) {
    return check(history, Map.of());
  }

  /**
   * Checks a history.
   *
   * @param initial the values at first of the keys that are present
   * @return the first violation by key, or empty if the history is linearizable
   * @throws IllegalArgumentException if more than 64 operations of one key are under way at once
   * @throws UndecidedException if the search exceeds its bound of configurations
   */
  public static Optional<Violation> check(
      Collection<RecordedOperation> history, Map<String, String> initial) {
    Map<String, List<RecordedOperation>> byKey = new TreeMap<>();
    for (RecordedOperation operation : history) {
      byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
    }
    for (Map.Entry<String, List<RecordedOperation>> entry : byKey.entrySet()) {
      KeySearch search =
          new KeySearch(entry.getKey(), entry.getValue(), initial.get(entry.getKey()));
      Optional<Violation> violation = search.run();
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }
}
