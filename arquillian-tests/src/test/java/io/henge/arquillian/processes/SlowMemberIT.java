package io.henge.arquillian.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A stopped process must not fill the memory of those that write. The cache is asynchronous, with
 * bounds for a backup's lag that alone would allow gigabytes, and each member has a heap of 128 MB:
 * what holds is the bound on what one member may owe, a quarter of the heap.
 */
class SlowMemberIT {

  private static final int WRITERS_PER_WORKER = 4;
  private static final int BIG_KEYS = 2;
  private static final int SMALL_KEYS = 8;
  private static final int BIG = 512 << 10;
  private static final int SMALL = 2 << 10;
  private static final Duration ANSWER = Duration.ofSeconds(90);
  private static final int WRITES = 40;

  /** Values, what may be owed, what waits for the connection, and an eighth to work with. */
  private static final long MOST_HEAP = 112L << 20;

  private static Map<String, String> settings(Path directory) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("henge.cluster.name", "test-slow-member-" + ProcessHandle.current().pid());
    settings.put("henge.transport.bind-port", "17940");
    settings.put("henge.run-dir", directory.resolve("run").toString());
    settings.put("henge.max-value-bytes", Integer.toString(4 << 20));
    settings.put("henge.suspend-after", "8s");
    settings.put("henge.remove-after", "10m");
    settings.put("henge.operation-timeout", "1m");
    settings.put("henge.cache.registers.mode", "async");
    settings.put("henge.cache.registers.backups", "all");
    settings.put("henge.cache.registers.max-lag", "1h");
    settings.put("henge.cache.registers.max-lag-operations", "4096");
    settings.put("henge.cache.registers.max-lag-bytes", Integer.toString(16 << 20));
    settings.put("henge.cache.registers.stale-reads", "true");
    return settings;
  }

  /** Writes ascending versions of keys of its own, one after the other. */
  private static final class Writer implements Runnable {

    private final WorkerProcess worker;
    private final String name;
    private final Map<String, Long> acknowledged = new TreeMap<>();
    private final List<Answer> failures = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private long version;

    Writer(WorkerProcess worker, String name) {
      this.worker = worker;
      this.name = name;
    }

    @Override
    public void run() {
      running.set(true);
      if (!stopped.get()) {
        int place = (int) (version++ % (BIG_KEYS + SMALL_KEYS));
        String key = name + "-" + place;
        String size = Integer.toString(place < BIG_KEYS ? BIG : SMALL);
        note(key, worker.call(ANSWER, "putPadded", key, Long.toString(version), size));
      }
      running.set(false);
    }

    private synchronized void note(String key, Answer answer) {
      if (answer.kind() == Answer.Kind.DONE) {
        acknowledged.put(key, version);
      } else {
        failures.add(answer);
      }
    }

    synchronized long newest() {
      return acknowledged.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    synchronized Map<String, Long> acknowledged() {
      return new TreeMap<>(acknowledged);
    }

    synchronized List<Answer> failures() {
      return List.copyOf(failures);
    }
  }

  @Test
  void aStoppedMemberDoesNotFillTheMemoryOfThoseThatWrite() {
    Path directory = Path.of("target", "processes", "slow-member").toAbsolutePath();
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(2 * WRITERS_PER_WORKER);
    try (WorkerCluster cluster = new WorkerCluster(directory, settings(directory))) {
      List<WorkerProcess> writing = cluster.workers().subList(0, 2);
      WorkerProcess slow = cluster.workers().get(2);
      List<Writer> writers = new ArrayList<>();
      for (WorkerProcess worker : writing) {
        for (int i = 0; i < WRITERS_PER_WORKER; i++) {
          Writer writer = new Writer(worker, worker.name() + "." + i);
          writers.add(writer);
          ScheduledFuture<?> unused =
              executor.scheduleWithFixedDelay(writer, 0, 1, TimeUnit.MILLISECONDS);
        }
      }
      awaitWrites(writers);

      slow.pause();
      long most = 0;
      try {
        while (writing.get(0).status().active() == WorkerCluster.SIZE) {
          most = Math.max(most, heap(writing));
        }
        awaitWrites(writers);
        most = Math.max(most, heap(writing));
      } finally {
        slow.resume();
      }
      cluster.awaitAllInSync();
      awaitWrites(writers);
      writers.forEach(writer -> writer.stopped.set(true));
      await().atMost(ANSWER).until(() -> writers.stream().noneMatch(each -> each.running.get()));

      long used = Math.max(most, heap(writing));
      System.out.printf("a stopped member: at most %d MB of 128 in use%n", used >> 20);
      assertThat(used).as("heap in use after a collection").isLessThan(MOST_HEAP);
      for (Writer writer : writers) {
        assertThat(writer.failures()).as(writer.name).isEmpty();
        for (WorkerProcess worker : cluster.workers()) {
          writer.acknowledged().forEach((key, version) -> awaitCopy(worker, key, version));
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static long heap(List<WorkerProcess> workers) {
    return workers.stream().mapToLong(worker -> worker.resources().heapBytes()).max().orElseThrow();
  }

  private static void awaitWrites(List<Writer> writers) {
    List<Long> before = writers.stream().map(Writer::newest).toList();
    await("writes of every writer")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              for (int i = 0; i < writers.size(); i++) {
                assertThat(writers.get(i).newest())
                    .as(writers.get(i).name + " " + writers.get(i).failures())
                    .isGreaterThanOrEqualTo(before.get(i) + WRITES);
              }
            });
  }

  /** A worker's own copy is at most a commit index behind. */
  private static void awaitCopy(WorkerProcess worker, String key, long version) {
    await(key + " at " + worker.name())
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(worker.call(ANSWER, "getUnpadded", key).text())
                    .isEqualTo(Long.toString(version)));
  }
}
