package io.henge.arquillian.processes;

import io.henge.replication.simulation.linearizability.Action;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What clients do: a mix over a few keys of each kind, so that operations meet. Keys that begin
 * with {@code n} hold numbers, with {@code t} texts that are appended to, with {@code r} anything.
 */
public final class Workload {

  private static final int REGISTERS = 12;
  private static final int NUMBERS = 3;
  private static final int TEXTS = 3;

  private final Supplier<String> prefix;
  private final String caller;
  private final Random random;
  private long values;

  Workload(String prefix, String caller, long seed) {
    this(() -> prefix, caller, seed);
  }

  /**
   * Creates a client's workload.
   *
   * @param prefix goes into every key; may change with time
   * @param caller goes into every value, so that all values differ
   */
  public Workload(Supplier<String> prefix, String caller, long seed) {
    this.prefix = prefix;
    this.caller = caller;
    this.random = new Random(seed);
  }

  /** The next operation. */
  Request next() {
    int place = random.nextInt(REGISTERS + NUMBERS + TEXTS);
    String key = "-" + prefix.get() + "-" + place;
    if (place < REGISTERS) {
      return register("r" + key);
    }
    boolean read = random.nextInt(3) == 0;
    if (place < REGISTERS + NUMBERS) {
      return read ? Request.get("n" + key) : Request.increment("n" + key);
    }
    return read ? Request.get("t" + key) : Request.append("t" + key, value());
  }

  private Request register(String key) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> Request.get(key);
      case 4, 5 -> Request.put(key, value());
      case 6 -> new Request("getAndPut", key, new Action.GetAndPut(value()));
      case 7 -> new Request("putIfAbsent", key, new Action.PutIfAbsent(value()));
      case 8 -> new Request("getAndRemove", key, new Action.GetAndRemove());
      default -> new Request("remove", key, new Action.Remove());
    };
  }

  private String value() {
    return caller + "." + values++;
  }
}
