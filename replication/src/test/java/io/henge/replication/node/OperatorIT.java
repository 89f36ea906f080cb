package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.node.management.ClusterMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * An operator moves primaries and the lead under writes of all members, over real channels: no
 * write fails and none is lost. The longest write is printed, not asserted.
 */
class OperatorIT {

  private static final int MEMBERS = 3;
  private static final int COPIES = 2;
  private static final int KEYS = 128;
  private static final int MOVES = 20;

  @Test
  void primariesAndTheLeadMoveUnderWritesAndNoneFails() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(MEMBERS);
    try (TestNodes nodes = new TestNodes("moved", 8070)) {
      List<Engine> engines = new ArrayList<>();
      List<SteadyWriter> writers = new ArrayList<>();
      List<Future<Void>> runs = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        Engine engine = nodes.start(name);
        engines.add(engine);
        ReplicatedCache cache =
            engine.openCache("c", CacheSettings.builder().build(), new TreeMap<>(), null);
        writers.add(new SteadyWriter(name, cache, KEYS));
      }
      TestViews.awaitInSync(engines.get(0), MEMBERS, COPIES);
      ClusterMXBean bean = TestViews.bean(engines.get(0));
      Awaitility.await().until(() -> bean.getView().getVoterIds().length == MEMBERS);
      bean.pauseRebalancing();
      writers.forEach(writer -> runs.add(executor.submit(writer)));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> writers.stream().allMatch(SteadyWriter::wroteAll));
      writers.forEach(SteadyWriter::take);

      for (int number = 0; number < MOVES; number++) {
        moves(bean, number);
      }
      handsOver(bean);
      handsOver(bean);

      writers.forEach(SteadyWriter::stop);
      for (Future<Void> run : runs) {
        run.get(); // an operation that failed is thrown here
      }
      long longest =
          writers.stream()
              .flatMap(writer -> writer.take().stream())
              .mapToLong(Long::longValue)
              .max()
              .orElse(0);
      System.out.printf(
          "%d primaries and the lead twice moved under writes, longest write %.1f ms%n",
          MOVES, longest / 1e6);
      writers.forEach(writer -> writer.verify(writers.get(0).cache()));
    } finally {
      executor.shutdownNow();
      executor.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aMemberThatHoldsItsRenewalsIsSuspendedAndComesBackByItself() {
    try (TestNodes nodes = new TestNodes("held", 8090)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      Engine c = nodes.start("c");
      a.openCache("c", CacheSettings.builder().build(), new TreeMap<>(), null);
      TestViews.awaitInSync(a, MEMBERS, COPIES);
      ClusterMXBean bean = TestViews.bean(a);
      Awaitility.await().until(() -> bean.getView().getVoterIds().length == MEMBERS);
      assertThatThrownBy(() -> bean.holdRenewals(c.id().toString(), 60_000))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be from 1 to 1500");

      bean.holdRenewals(c.id().toString(), 1_500);

      Awaitility.await()
          .until(
              () ->
                  TestViews.bean(b).getFailovers().length > 0
                      && TestViews.bean(b)
                          .getFailovers()[0]
                          .getMemberId()
                          .equals(c.id().toString()));
      TestViews.awaitInSync(a, MEMBERS, COPIES);
      assertThat(TestViews.bean(b).getFailovers()[0].getPartitionsLost()).isZero();
      assertThat(TestViews.bean(c).getNodeId()).isEqualTo(c.id().toString());
    }
  }

  /** Moves a partition's primary to its backup; what is out of date or impossible is refused. */
  private static void moves(ClusterMXBean bean, int number) {
    long[] row = bean.getView().getPartitions()[number];
    String primary = id(bean, row[3]);
    String backup = id(bean, row[4]);
    String third = id(bean, 0 + 1 + 2 - row[3] - row[4]);

    assertThatThrownBy(() -> bean.movePrimary(number, row[1], third))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no copy in sync");
    bean.movePrimary(number, row[1], backup);
    assertThat(id(bean, bean.getView().getPartitions()[number][3])).isEqualTo(backup);
    assertThatThrownBy(() -> bean.movePrimary(number, row[1], primary))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has changed");
  }

  private static void handsOver(ClusterMXBean bean) {
    String leader =
        Awaitility.await().until(() -> bean.getView().getLeaderId(), id -> !id.isEmpty());
    bean.stepDown(leader);
    assertThat(bean.getView().getLeaderId()).isNotEqualTo(leader);
    assertThatThrownBy(() -> bean.stepDown(leader))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not lead");
  }

  private static String id(ClusterMXBean bean, long index) {
    return bean.getView().getMembers()[(int) index].getId();
  }
}
