package io.henge.replication.simulation.linearizability;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An operation on one key, with its sequential meaning. Values are texts, null stands for absent;
 * truth values are reported as {@code "true"} and {@code "false"}.
 */
public sealed interface Action {

  /** Returns what the action does to an entry whose value is {@code present}; null for absent. */
  Transition apply(String present);

  /** Tells whether the action never changes the entry. */
  default boolean readOnly() {
    return false;
  }

  /** The same change with its value mapped, asked by a caller who learns no result. */
  default Action blind(UnaryOperator<String> mapping) {
    return this;
  }

  /** Values of which it matters whether the entry has one when this change runs. */
  default List<String> compared() {
    return List.of();
  }

  /** Values that this change, computing from the present one, turns into {@code next}. */
  default List<String> origins(String next) {
    return List.of();
  }

  /**
   * What an action did.
   *
   * @param next the value afterwards, null for absent
   * @param result what the caller is told; null if nothing
   */
  record Transition(String next, String result) {

    private static Transition of(String next, boolean result) {
      return new Transition(next, Boolean.toString(result));
    }
  }

  /** Returns the value. */
  record Get() implements Action {
    @Override
    public Transition apply(String present) {
      return new Transition(present, present);
    }

    @Override
    public boolean readOnly() {
      return true;
    }
  }

  /** Returns whether there is a value. */
  record ContainsKey() implements Action {
    @Override
    public Transition apply(String present) {
      return Transition.of(present, present != null);
    }

    @Override
    public boolean readOnly() {
      return true;
    }
  }

  /** Sets the value. */
  record Put(String value) implements Action {
    @Override
    public Transition apply(String present) {
      return new Transition(value, null);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new Put(mapping.apply(value));
    }
  }

  /** Sets the value and returns the one before. */
  record GetAndPut(String value) implements Action {
    @Override
    public Transition apply(String present) {
      return new Transition(value, present);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new Put(mapping.apply(value));
    }
  }

  /** Sets the value if there is none; returns whether it did. */
  record PutIfAbsent(String value) implements Action {
    @Override
    public Transition apply(String present) {
      return Transition.of(present == null ? value : present, present == null);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new PutIfAbsent(mapping.apply(value));
    }
  }

  /** Removes; returns whether there was a value. */
  record Remove() implements Action {
    @Override
    public Transition apply(String present) {
      return Transition.of(null, present != null);
    }
  }

  /** Removes whatever there is; tells nothing. */
  record Clear() implements Action {
    @Override
    public Transition apply(String present) {
      return new Transition(null, null);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new Remove();
    }
  }

  /** Removes if the value is {@code expected}; returns whether it did. */
  record RemoveIf(String expected) implements Action {
    @Override
    public Transition apply(String present) {
      boolean same = expected.equals(present);
      return Transition.of(same ? null : present, same);
    }

    @Override
    public List<String> compared() {
      return List.of(expected);
    }
  }

  /** Removes and returns the value. */
  record GetAndRemove() implements Action {
    @Override
    public Transition apply(String present) {
      return new Transition(null, present);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new Remove();
    }
  }

  /** Sets the value if there is one; returns whether it did. */
  record Replace(String value) implements Action {
    @Override
    public Transition apply(String present) {
      return Transition.of(present == null ? null : value, present != null);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new Replace(mapping.apply(value));
    }
  }

  /** Sets the value if the present one is {@code expected}; returns whether it did. */
  record ReplaceIf(String expected, String value) implements Action {
    @Override
    public Transition apply(String present) {
      boolean same = expected.equals(present);
      return Transition.of(same ? value : present, same);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new ReplaceIf(expected, mapping.apply(value));
    }

    @Override
    public List<String> origins(String next) {
      return next.equals(value) ? List.of(expected) : List.of();
    }
  }

  /** Sets the value if there is one; returns the one before. */
  record GetAndReplace(String value) implements Action {
    @Override
    public Transition apply(String present) {
      return new Transition(present == null ? null : value, present);
    }

    @Override
    public Action blind(UnaryOperator<String> mapping) {
      return new Replace(mapping.apply(value));
    }
  }

  /** An entry processor that adds to a decimal number (0 if absent) and returns the sum. */
  record Increment(long by) implements Action {
    @Override
    public Transition apply(String present) {
      String sum = Long.toString((present == null ? 0 : Long.parseLong(present)) + by);
      return new Transition(sum, sum);
    }

    @Override
    public List<String> origins(String next) {
      return next.matches("-?[0-9]{1,18}")
          ? List.of(Long.toString(Long.parseLong(next) - by))
          : List.of();
    }
  }

  /**
   * An entry processor that appends to the text and returns the whole: the value tells its own
   * history, so an execution too many or too few is seen at once.
   */
  record Append(String suffix) implements Action {
    @Override
    public Transition apply(String present) {
      String longer = present == null ? suffix : present + "," + suffix;
      return new Transition(longer, longer);
    }

    @Override
    public List<String> origins(String next) {
      return next.endsWith("," + suffix)
          ? List.of(next.substring(0, next.length() - suffix.length() - 1))
          : List.of();
    }
  }
}
