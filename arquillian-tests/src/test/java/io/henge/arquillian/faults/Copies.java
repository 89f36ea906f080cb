package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;

/** What members read; with {@code stale-reads}, what their own copies hold. */
final class Copies {

  private static final int KEYS_PER_READ = 400;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_READS = 20;

  /** Nobody writes and every copy is in sync: what is under way is a commit index. */
  private static final Duration CONVERGENCE = Duration.ofSeconds(30);

  private final List<WorkerProcess> members;
  private List<String> differences = List.of();

  Copies(List<WorkerProcess> members) {
    this.members = members;
  }

  /** The keys, with both values, on which members still differ after some time; empty if none. */
  List<String> differences(Collection<String> keys) {
    try {
      await("copies that are equal")
          .atMost(CONVERGENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                differences = compared(keys);
                return differences.isEmpty();
              });
    } catch (ConditionTimeoutException theyDiffer) {
      return differences;
    }
    return List.of();
  }

  private List<String> compared(Collection<String> keys) {
    Map<String, String> first = read(members.get(0), keys);
    List<String> found = new ArrayList<>();
    for (WorkerProcess member : members.subList(1, members.size())) {
      Map<String, String> other = read(member, keys);
      for (String key : keys) {
        if (!Objects.equals(first.get(key), other.get(key))) {
          String here = members.get(0).name() + " has " + first.get(key);
          found.add(key + ": " + here + ", " + member.name() + " has " + other.get(key));
        }
      }
    }
    return found;
  }

  /** The values of those keys that a member finds. */
  static Map<String, String> read(WorkerProcess member, Collection<String> keys) {
    Map<String, String> found = new TreeMap<>();
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += KEYS_PER_READ) {
      List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_PER_READ));
      for (String entry : read(member, String.join(" ", some)).split(" ", -1)) {
        if (!entry.isEmpty()) {
          int equals = entry.indexOf('=');
          found.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
      }
    }
    return found;
  }

  private static String read(WorkerProcess member, String keys) {
    Answer answer = null;
    for (int i = 0; i < MOST_READS; i++) {
      answer = member.call(READ_TIMEOUT, "getAll", keys);
      if (answer.kind() == Answer.Kind.DONE) {
        return answer.text() == null ? "" : answer.text();
      }
    }
    assertThat(answer.kind()).as(member.name() + ": " + answer).isEqualTo(Answer.Kind.DONE);
    return "";
  }
}
