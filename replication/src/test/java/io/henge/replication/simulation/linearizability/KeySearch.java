package io.henge.replication.simulation.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The search for one key. Walks through the history in time and keeps every configuration that
 * explains it so far: the value, which operations under way have taken effect already, and how many
 * of the unknown ones were used up. An operation takes effect only when some return needs it ("just
 * in time"). Of two configurations that differ only in the unknown operations used, the one that
 * used fewer explains everything that the other does, so the other is dropped: that keeps histories
 * with many unknown outcomes cheap.
 */
final class KeySearch {

  private static final int CONFIGURATIONS_LIMIT = 1_000_000;
  private static final int CONTEXT = 8;

  private final String key;
  private final String initial;
  private final List<RecordedOperation> known = new ArrayList<>();
  private final List<RecordedOperation> unknown = new ArrayList<>();

  /** Operations of known outcome under way, by their bit in {@link Configuration#effective}. */
  private final RecordedOperation[] pending = new RecordedOperation[Long.SIZE];

  /** Unknown operations that ask for the same change are interchangeable once they have begun. */
  private final List<Action> unknownChanges = new ArrayList<>();

  private final ValueAbstraction values;
  private final int[] available;
  private int visited;

  KeySearch(String key, List<RecordedOperation> operations, String initial) {
    this.key = key;
    this.initial = initial;
    for (RecordedOperation operation : operations) {
      if (operation.outcome() instanceof Outcome.Done) {
        known.add(operation);
      } else if (operation.outcome() instanceof Outcome.Unknown && !operation.action().readOnly()) {
        unknown.add(operation);
      }
    }
    known.sort(Comparator.comparingLong(RecordedOperation::returnedAt));
    unknown.sort(Comparator.comparingLong(RecordedOperation::invokedAt));
    values = new ValueAbstraction(known, unknown);
    for (RecordedOperation operation : unknown) {
      Action change = change(operation);
      if (!unknownChanges.contains(change)) {
        unknownChanges.add(change);
      }
    }
    available = new int[unknownChanges.size()];
  }

  Optional<Violation> run() {
    List<RecordedOperation> calls = new ArrayList<>(known);
    calls.sort(Comparator.comparingLong(RecordedOperation::invokedAt));
    int nextCall = 0;
    int nextUnknown = 0;
    Frontier frontier = new Frontier();
    frontier.add(new Configuration(values.of(initial), 0, new int[available.length]));
    for (int returned = 0; returned < known.size(); returned++) {
      RecordedOperation operation = known.get(returned);
      while (nextCall < calls.size() && calls.get(nextCall).invokedAt() <= operation.returnedAt()) {
        pending[freeBit(operation)] = calls.get(nextCall++);
      }
      while (nextUnknown < unknown.size()
          && unknown.get(nextUnknown).invokedAt() <= operation.returnedAt()) {
        available[unknownChanges.indexOf(change(unknown.get(nextUnknown++)))]++;
      }
      int bit = bitOf(operation);
      Frontier next = explain(frontier, bit);
      if (next.isEmpty()) {
        return Optional.of(violation(frontier, returned, nextUnknown));
      }
      pending[bit] = null;
      frontier = next;
    }
    return Optional.empty();
  }

  /** All configurations in which the operation of {@code bit} has taken effect; bit cleared. */
  private Frontier explain(Frontier before, int bit) {
    Frontier seen = new Frontier();
    Frontier result = new Frontier();
    Deque<Configuration> work = new ArrayDeque<>();
    for (Configuration configuration : before.all()) {
      if (seen.add(configuration)) {
        work.add(configuration);
      }
    }
    while (!work.isEmpty()) {
      if (++visited > CONFIGURATIONS_LIMIT) {
        throw new UndecidedException(
            "key " + key + ": undecided after " + CONFIGURATIONS_LIMIT + " configurations");
      }
      Configuration from = work.remove();
      if (from.isEffective(bit)) {
        result.add(from.returned(bit));
        continue;
      }
      for (Configuration next : successors(from)) {
        if (seen.add(next)) {
          work.add(next);
        }
      }
    }
    return result;
  }

  private List<Configuration> successors(Configuration from) {
    List<Configuration> next = new ArrayList<>();
    for (int bit = 0; bit < pending.length; bit++) {
      RecordedOperation operation = pending[bit];
      if (operation != null && !from.isEffective(bit)) {
        Action.Transition transition = values.apply(operation.action(), from.value);
        Outcome.Done done = (Outcome.Done) operation.outcome();
        if (Objects.equals(transition.result(), done.result())) {
          next.add(from.takeEffect(bit, transition.next()));
        }
      }
    }
    for (int group = 0; group < available.length; group++) {
      if (from.used[group] < available[group]) {
        String value = values.apply(unknownChanges.get(group), from.value).next();
        if (!Objects.equals(value, from.value)) {
          next.add(from.use(group, value));
        }
      }
    }
    return next;
  }

  private Action change(RecordedOperation operation) {
    return operation.action().blind(values::of);
  }

  private int freeBit(RecordedOperation cause) {
    for (int bit = 0; bit < pending.length; bit++) {
      if (pending[bit] == null) {
        return bit;
      }
    }
    throw new IllegalArgumentException(
        "key " + key + ": more than 64 operations under way when this one returned: " + cause);
  }

  private int bitOf(RecordedOperation operation) {
    for (int bit = 0; bit < pending.length; bit++) {
      if (operation.equals(pending[bit])) {
        return bit;
      }
    }
    throw new IllegalStateException("not under way: " + operation);
  }

  private Violation violation(Frontier frontier, int index, int begunUnknown) {
    Set<String> possible = new TreeSet<>(Comparator.nullsFirst(Comparator.<String>naturalOrder()));
    frontier.all().forEach(configuration -> possible.add(configuration.value));
    List<RecordedOperation> concurrent =
        Arrays.stream(pending)
            .filter(each -> each != null && !each.equals(known.get(index)))
            .sorted(Comparator.comparingLong(RecordedOperation::invokedAt))
            .toList();
    return new Violation(
        key,
        known.get(index),
        possible,
        concurrent,
        List.copyOf(unknown.subList(0, begunUnknown)),
        List.copyOf(known.subList(Math.max(0, index - CONTEXT), index)));
  }

  /** One explanation of the history so far. */
  private static final class Configuration {

    private final String value;
    private final long effective;
    private final int[] used;

    Configuration(String value, long effective, int[] used) {
      this.value = value;
      this.effective = effective;
      this.used = used;
    }

    boolean isEffective(int bit) {
      return (effective & (1L << bit)) != 0;
    }

    Configuration takeEffect(int bit, String next) {
      return new Configuration(next, effective | (1L << bit), used);
    }

    Configuration returned(int bit) {
      return new Configuration(value, effective & ~(1L << bit), used);
    }

    Configuration use(int group, String next) {
      int[] more = used.clone();
      more[group]++;
      return new Configuration(next, effective, more);
    }

    /** Tells whether this one used no more of any unknown operation than {@code other}. */
    boolean covers(Configuration other) {
      for (int group = 0; group < used.length; group++) {
        if (used[group] > other.used[group]) {
          return false;
        }
      }
      return true;
    }
  }

  private record Place(String value, long effective) {}

  /** A set of configurations without those that another one covers. */
  private static final class Frontier {

    private final Map<Place, List<Configuration>> places = new LinkedHashMap<>();

    /** Adds unless covered; returns whether it was added. */
    boolean add(Configuration added) {
      List<Configuration> same =
          places.computeIfAbsent(
              new Place(added.value, added.effective), place -> new ArrayList<>(1));
      for (Configuration other : same) {
        if (other.covers(added)) {
          return false;
        }
      }
      same.removeIf(added::covers);
      same.add(added);
      return true;
    }

    boolean isEmpty() {
      return places.isEmpty();
    }

    List<Configuration> all() {
      List<Configuration> all = new ArrayList<>(places.size());
      places.values().forEach(all::addAll);
      return all;
    }
  }
}
