package io.henge.replication.node;

import static org.awaitility.Awaitility.await;

import io.henge.replication.membership.Handover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Members that are drained, stay after all, and leave, under writes of all: no operation fails and
 * none is lost. The longest writes are printed, not asserted: they depend on the machine's load,
 * for which the same figures without any change are the measure.
 */
class PlannedChangeIT {

  private static final int MEMBERS = 3;
  private static final int PARTITIONS = Integer.getInteger("planned.partitions", 64);
  private static final int KEYS = 4 * PARTITIONS;

  @Test
  void drainingStayingAfterAllAndLeavingFailNoWriteAndLoseNone() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(MEMBERS);
    try (TestNodes nodes = new TestNodes("planned", 8010)) {
      List<Engine> engines = new ArrayList<>();
      List<SteadyWriter> writers = new ArrayList<>();
      List<Future<Void>> runs = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        String name = String.valueOf((char) ('a' + i));
        Engine engine = nodes.start(settings(name));
        engines.add(engine);
        writers.add(new SteadyWriter(name, open(engine), KEYS));
      }
      TestViews.awaitInSync(engines.get(0), MEMBERS, 2);
      writers.forEach(writer -> runs.add(executor.submit(writer)));
      awaitWrites(writers);
      print("without any change", writers, Duration.ofSeconds(3));
      Engine first = engines.get(0);
      Engine last = engines.get(MEMBERS - 1);

      long begin = System.nanoTime();
      first.drain(last.id());
      awaitHandover(first, last);
      print("drain", writers, begin);
      begin = System.nanoTime();
      first.undrain(last.id());
      TestViews.awaitInSync(first, MEMBERS, 2);
      int share = PARTITIONS * 2 / MEMBERS;
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> first.handover(last.id()).copies() >= share);
      TestViews.awaitInSync(first, MEMBERS, 2);
      print("staying after all", writers, begin);

      writers.get(MEMBERS - 1).stop();
      runs.get(MEMBERS - 1).get();
      begin = System.nanoTime();
      last.close();
      print("leaving", writers, begin);
      TestViews.awaitInSync(first, MEMBERS - 1, 2);

      writers.forEach(SteadyWriter::stop);
      for (Future<Void> run : runs) {
        run.get(); // an operation that failed is thrown here
      }
      for (SteadyWriter writer : writers) {
        writer.verify(writers.get(0).cache());
      }
    } finally {
      executor.shutdownNow();
      executor.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static NodeSettings settings(String name) {
    return NodeSettings.builder()
        .clusterName("planned")
        .nodeName(name)
        .bindPort(8010)
        .portRange(10)
        .partitions(PARTITIONS)
        .drainTimeout(Duration.ofSeconds(60))
        .build();
  }

  private static ReplicatedCache open(Engine engine) {
    return engine.openCache("c", CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  private static void awaitHandover(Engine observer, Engine member) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              Handover handover = observer.handover(member.id());
              return handover.copies() == 0 && !handover.voter();
            });
  }

  private static void awaitWrites(List<SteadyWriter> writers) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> writers.stream().allMatch(SteadyWriter::wroteAll));
    writers.forEach(SteadyWriter::take);
  }

  private static void print(String what, List<SteadyWriter> writers, Duration time) {
    long begin = System.nanoTime();
    await().atMost(time.plusSeconds(60)).until(() -> System.nanoTime() - begin > time.toNanos());
    print(what, writers, begin);
  }

  private static void print(String what, List<SteadyWriter> writers, long begin) {
    List<Long> nanos = new ArrayList<>();
    writers.forEach(writer -> nanos.addAll(writer.take()));
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length > 0) {
      System.out.printf(
          "%s, %,d ms: %,d writes, median %.2f ms, 99.9 %% %.1f ms, longest %.1f ms%n",
          what,
          (System.nanoTime() - begin) / 1_000_000,
          sorted.length,
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) (sorted.length * 0.999)] / 1e6,
          sorted[sorted.length - 1] / 1e6);
    }
  }
}
