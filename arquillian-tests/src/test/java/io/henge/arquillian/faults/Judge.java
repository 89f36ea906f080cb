package io.henge.arquillian.faults;

import io.henge.arquillian.processes.WorkerProcess;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.LinearizabilityChecker;
import io.henge.replication.simulation.linearizability.Outcome;
import io.henge.replication.simulation.linearizability.RecordedOperation;
import io.henge.replication.simulation.linearizability.UndecidedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges what the clients of a run were told by what is there at its end. */
final class Judge {

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
      Map<String, String> found = Copies.read(member, uniquePuts);
      uniquePuts.stream().filter(key -> !found.containsKey(key)).forEach(lost::add);
    }
    lostPuts = lost.size();
  }

  private void judgeCounters() {
    List<String> counters = byKey.keySet().stream().filter(key -> key.startsWith("n-")).toList();
    Map<String, String> found = Copies.read(members.get(0), counters);
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
}
