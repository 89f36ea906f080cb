package io.henge.replication.simulation.linearizability;

import java.util.List;
import java.util.Set;

/**
 * Why a history is not linearizable.
 *
 * @param key the key
 * @param operation the first operation (by return time) whose result nothing explains
 * @param possible the values that the entry may have had when the others had taken effect; null
 *     among them stands for absent
 * @param concurrent operations of known outcome that were under way when it returned
 * @param open operations of unknown outcome that began before it returned
 * @param before the operations of the key that returned last before it
 */
public record Violation(
    String key,
    RecordedOperation operation,
    Set<String> possible,
    List<RecordedOperation> concurrent,
    List<RecordedOperation> open,
    List<RecordedOperation> before) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("key ").append(key).append(" is not linearizable: nothing explains\n    ");
    text.append(operation).append("\n  the value could be one of ").append(possible);
    lines(text, "before it", before);
    lines(text, "at the same time", concurrent);
    lines(text, "of unknown outcome", open);
    return text.toString();
  }

  private static void lines(StringBuilder text, String title, List<RecordedOperation> operations) {
    if (!operations.isEmpty()) {
      text.append("\n  ").append(title).append(':');
      operations.forEach(each -> text.append("\n    ").append(each));
    }
  }
}
