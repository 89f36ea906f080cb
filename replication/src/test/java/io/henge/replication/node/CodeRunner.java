package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Counts up the entries that all runners share by code at the caller, and counts how often its code
 * ran. One thread runs it; any thread stops it.
 */
final class CodeRunner implements Callable<Void> {

  private final ReplicatedCache cache;
  private final int keys;
  private volatile boolean stopped;
  private volatile int calls;
  private volatile int runs;

  CodeRunner(ReplicatedCache cache, int keys) {
    this.cache = cache;
    this.keys = keys;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread, read after it has ended
  public Void call() {
    for (int i = 0; !stopped; i = (i + 1) % keys) {
      cache.invokeHere(
          key(i),
          value -> {
            runs++;
            String next = Integer.toString(number(value) + 1);
            return new EntryOutcome(EntryOutcome.Change.SET, next.getBytes(UTF_8), null);
          });
      calls++;
    }
    return null;
  }

  private static byte[] key(int number) {
    return ("counter" + number).getBytes(UTF_8);
  }

  private static int number(byte[] value) {
    return value == null ? 0 : Integer.parseInt(new String(value, UTF_8));
  }

  void stop() {
    stopped = true;
  }

  /** Checks that no code ran twice, and that each call is counted once; after all have ended. */
  static void verify(List<CodeRunner> runners, ReplicatedCache reader, int keys) {
    int calls = runners.stream().mapToInt(runner -> runner.calls).sum();
    assertThat(calls).isPositive();
    assertThat(runners.stream().mapToInt(runner -> runner.runs).sum()).isEqualTo(calls);
    assertThat(IntStream.range(0, keys).map(i -> number(reader.get(key(i)))).sum())
        .isEqualTo(calls);
  }
}
