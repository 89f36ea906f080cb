package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Does one operation after the other on few keys and records what it is told. Keys that begin with
 * {@code n} hold numbers that are added to, those with {@code r} anything. One thread calls {@link
 * #step}; {@link #writes} may be called by any.
 */
final class RecordingClient {

  private static final int REGISTERS = 8;
  private static final int NUMBERS = 3;

  private final String name;
  private final ReplicatedCache cache;
  private final HistoryRecorder history;
  private final Supplier<String> chapter;
  private final Random random;
  private final AtomicLong writes = new AtomicLong();
  private long values;

  /**
   * Creates a client.
   *
   * @param cache opened with {@link #ADDER}
   * @param chapter goes into every key, so that histories stay short enough to be judged
   */
  RecordingClient(
      String name,
      ReplicatedCache cache,
      HistoryRecorder history,
      Supplier<String> chapter,
      long seed) {
    this.name = name;
    this.cache = cache;
    this.history = history;
    this.chapter = chapter;
    this.random = new Random(seed);
  }

  /** Runs increments at the primary. */
  static final ProcessorHost ADDER =
      (processor, key, value) -> {
        byte[] sum =
            new Action.Increment(Long.parseLong(new String(processor, UTF_8)))
                .apply(text(value))
                .result()
                .getBytes(UTF_8);
        return new EntryOutcome(EntryOutcome.Change.SET, sum, sum);
      };

  /** Does one operation; its end, whatever it is, is recorded. */
  void step() {
    int place = random.nextInt(REGISTERS + NUMBERS);
    boolean number = place >= REGISTERS;
    String key = (number ? "n-" : "r-") + chapter.get() + "-" + place;
    run(key, number ? onNumber() : onRegister());
  }

  /** Reads a key, recorded as well. */
  void read(String key) {
    run(key, new Action.Get());
  }

  /** Acknowledged changes. */
  long writes() {
    return writes.get();
  }

  private Action onNumber() {
    return random.nextInt(3) == 0 ? new Action.Get() : new Action.Increment(1);
  }

  private Action onRegister() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new Action.Get();
      case 3, 4 -> new Action.Put(value());
      case 5 -> new Action.GetAndPut(value());
      case 6 -> new Action.PutIfAbsent(value());
      default -> new Action.GetAndRemove();
    };
  }

  private String value() {
    return name + "." + values++;
  }

  private void run(String key, Action action) {
    HistoryRecorder.Call call = history.begin(name, key, action, System.nanoTime());
    try {
      call.done(execute(key.getBytes(UTF_8), action), System.nanoTime());
      writes.addAndGet(action.readOnly() ? 0 : 1);
    } catch (OperationRefusedException refused) {
      call.notDone(System.nanoTime());
    } catch (OperationUnknownException unknown) {
      call.unknown(System.nanoTime());
    }
  }

  private String execute(byte[] key, Action action) {
    if (action instanceof Action.Get) {
      return text(cache.get(key));
    } else if (action instanceof Action.Put put) {
      cache.put(key, put.value().getBytes(UTF_8));
      return null;
    } else if (action instanceof Action.GetAndPut put) {
      return text(cache.getAndPut(key, put.value().getBytes(UTF_8)));
    } else if (action instanceof Action.PutIfAbsent put) {
      return Boolean.toString(cache.putIfAbsent(key, put.value().getBytes(UTF_8)));
    } else if (action instanceof Action.GetAndRemove) {
      return text(cache.getAndRemove(key));
    } else if (action instanceof Action.Increment increment) {
      return increment(key, increment);
    }
    throw new IllegalArgumentException("no operation for " + action);
  }

  private String increment(byte[] key, Action.Increment increment) {
    try {
      return text(cache.invokeAtPrimary(key, Long.toString(increment.by()).getBytes(UTF_8)));
    } catch (ProcessorNotRunnableException impossible) {
      throw new IllegalStateException("every member has the cache open", impossible);
    }
  }

  private static String text(byte[] value) {
    return value == null ? null : new String(value, UTF_8);
  }
}
