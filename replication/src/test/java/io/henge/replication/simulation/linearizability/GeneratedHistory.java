package io.henge.replication.simulation.linearizability;

import io.henge.replication.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes histories that are linearizable by construction: each effect has an instant. */
final class GeneratedHistory {

  private record Planned(
      int caller, String key, Action action, long invokedAt, long effectAt, long returnedAt) {}

  private final SeededRandom random;
  private final int callers;
  private final int keys;
  private final double unknownRate;
  private int counter;

  GeneratedHistory(long seed, int callers, int keys, double unknownRate) {
    this.random = new SeededRandom(seed);
    this.callers = callers;
    this.keys = keys;
    this.unknownRate = unknownRate;
  }

  List<RecordedOperation> generate(int operations) {
    List<Planned> planned = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      long time = random.below(20);
      for (int i = 0; i < operations / callers; i++) {
        long effect = time + random.below(20);
        long end = effect + random.below(20);
        planned.add(new Planned(caller, "k" + random.below(keys), action(), time, effect, end));
        time = end + 1 + random.below(10);
      }
    }
    planned.sort(Comparator.comparingLong(Planned::effectAt));
    Map<String, String> values = new HashMap<>();
    List<RecordedOperation> history = new ArrayList<>();
    for (Planned each : planned) {
      boolean unknown = random.chance(unknownRate);
      Outcome outcome;
      if (unknown && random.chance(0.5)) {
        outcome = new Outcome.Unknown();
      } else if (!unknown && random.chance(0.05)) {
        outcome = new Outcome.NotDone();
      } else {
        Action.Transition transition = each.action().apply(values.get(each.key()));
        values.put(each.key(), transition.next());
        outcome = unknown ? new Outcome.Unknown() : new Outcome.Done(transition.result());
      }
      history.add(
          new RecordedOperation(
              "c" + each.caller(),
              each.key(),
              each.action(),
              outcome,
              each.invokedAt(),
              each.returnedAt()));
    }
    return history;
  }

  private Action action() {
    String fresh = Integer.toString(++counter * 1000);
    String old = Integer.toString((1 + random.below(counter)) * 1000);
    return switch (random.below(14)) {
      case 0, 1, 2 -> new Action.Get();
      case 3 -> new Action.ContainsKey();
      case 4, 5 -> new Action.Put(fresh);
      case 6 -> new Action.GetAndPut(fresh);
      case 7 -> new Action.PutIfAbsent(fresh);
      case 8 -> new Action.Remove();
      case 9 -> new Action.RemoveIf(old);
      case 10 -> new Action.GetAndRemove();
      case 11 -> new Action.Replace(fresh);
      case 12 ->
          random.chance(0.5) ? new Action.ReplaceIf(old, fresh) : new Action.GetAndReplace(fresh);
      default -> new Action.Increment(1);
    };
  }
}
