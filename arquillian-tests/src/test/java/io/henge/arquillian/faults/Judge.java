package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.WorkerProcess;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.LinearizabilityChecker;
import io.henge.replication.simulation.linearizability.Outcome;
import io.henge.replication.simulation.linearizability.RecordedOperation;
import io.henge.replication.simulation.linearizability.UndecidedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges what the clients of a run were told by what is there at its end. */
final class Judge {

  private static final int KEYS_PER_READ = 400;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_READS = 20;

  private final List<WorkerProcess> members;
  private final Map<String, List<RecordedOperation>> byKey = new TreeMap<>();

  final List<String> violations = new ArrayList<>();
  final List<String> undecided = new ArrayList<>();
  int keys;
  int lostPuts;
  long increments;
  long lostIncrements;
  long repeatedIncrements;
  long sameAnswers;

  Judge(List<WorkerProcess> members, List<RecordedOperation> history) {
    this.members = members;
    for (RecordedOperation operation : history) {
      byKey.computeIfAbsent(operation.key(), first -> new ArrayList<>()).add(operation);
    }
  }

  /**
   * Judges everything.
   *
   * @param uniquePuts keys of acknowledged puts that nobody changed afterwards
   */
  void judge(Collection<String> uniquePuts) {
    judgeRegisters();
    judgeSet(uniquePuts);
    judgeCounters();
  }

  private void judgeRegisters() {
    keys = byKey.size();
    byKey.forEach(
        (key, operations) -> {
          try {
            LinearizabilityChecker.check(operations)
                .map(Object::toString)
                .ifPresent(violations::add);
          } catch (UndecidedException | IllegalArgumentException tooWide) {
            undecided.add(key + ": " + tooWide.getMessage());
          }
        });
  }

  private void judgeSet(Collection<String> uniquePuts) {
    Set<String> lost = new HashSet<>();
    for (WorkerProcess member : members) {
      Map<String, String> found = read(member, uniquePuts);
      uniquePuts.stream().filter(key -> !found.containsKey(key)).forEach(lost::add);
    }
    lostPuts = lost.size();
  }

  private void judgeCounters() {
    List<String> counters = byKey.keySet().stream().filter(key -> key.startsWith("n-")).toList();
    Map<String, String> found = read(members.get(0), counters);
    for (String counter : counters) {
      long acknowledged = 0;
      long attempted = 0;
      Set<String> sums = new HashSet<>();
      for (RecordedOperation operation : byKey.get(counter)) {
        if (!(operation.action() instanceof Action.Increment)) {
          continue;
        }
        if (operation.outcome() instanceof Outcome.Done done) {
          acknowledged++;
          sameAnswers += sums.add(done.result()) ? 0 : 1;
        }
        attempted += operation.outcome() instanceof Outcome.NotDone ? 0 : 1;
      }
      long counted = Long.parseLong(found.getOrDefault(counter, "0"));
      increments += acknowledged;
      lostIncrements += Math.max(0, acknowledged - counted);
      repeatedIncrements += Math.max(0, counted - attempted);
    }
  }

  private static Map<String, String> read(WorkerProcess member, Collection<String> keys) {
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
