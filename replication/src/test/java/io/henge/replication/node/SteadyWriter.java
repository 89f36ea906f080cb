package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Writes its keys over and over and remembers what it wrote. One thread runs it and sees an
 * operation that fails; any thread asks.
 */
final class SteadyWriter implements Callable<Void> {

  private final String name;
  private final ReplicatedCache cache;
  private final int[] written;
  private final List<Long> nanos = new ArrayList<>();
  private boolean stopped;

  SteadyWriter(String name, ReplicatedCache cache, int keys) {
    this.name = name;
    this.cache = cache;
    this.written = new int[keys];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public Void call() {
    for (int i = 0; !isStopped(); i = (i + 1) % written.length) {
      long begin = System.nanoTime();
      cache.put(bytes(name + i), bytes(Integer.toString(written[i] + 1)));
      note(System.nanoTime() - begin);
      written[i]++;
    }
    return null;
  }

  ReplicatedCache cache() {
    return cache;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  synchronized void stop() {
    stopped = true;
  }

  private synchronized void note(long time) {
    nanos.add(time);
  }

  /** The times of its writes since the last call. */
  synchronized List<Long> take() {
    List<Long> taken = List.copyOf(nanos);
    nanos.clear();
    return taken;
  }

  /** Whether every key was written at least once. */
  boolean wroteAll() {
    return Arrays.stream(written).allMatch(count -> count > 0);
  }

  /** Checks that a cache holds the last value of each key; after it was stopped. */
  void verify(ReplicatedCache reader) {
    for (int i = 0; i < written.length; i++) {
      byte[] value = reader.get(bytes(name + i));
      assertThat(value == null ? 0 : Integer.parseInt(new String(value, UTF_8)))
          .isEqualTo(written[i]);
    }
  }
}
