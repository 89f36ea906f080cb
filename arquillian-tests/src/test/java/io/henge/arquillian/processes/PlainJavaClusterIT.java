package io.henge.arquillian.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Three plain Java processes, no container. The product promises that acknowledged writes are back
 * within 0.5 s in the median and 1 s at worst after a kill, 0.2 s in the median with the same-host
 * witness. All times are printed and kept in {@code target/figures}; what is asserted is generous,
 * so that a busy machine does not fail the build. System property {@code kills} sets how many.
 */
class PlainJavaClusterIT {

  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final Duration GENEROUS_MEDIAN = Duration.ofSeconds(2);
  private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(4);

  /** A client that did this many writes after a kill has met every partition's new primary. */
  private static final int WRITES_AFTER_KILL = 40;

  @Test
  void nothingAcknowledgedIsLostWhenAnyProcessIsKilledAndItsDeathHasToBeAgreed() {
    kill("failover without witness", Map.of("henge.death-witness", "none"));
  }

  @Test
  void nothingAcknowledgedIsLostWhenAnyProcessIsKilledAndItsDeathIsProven() {
    kill("failover with same-host witness", Map.of("henge.death-witness", "same-host"));
  }

  private static void kill(String title, Map<String, String> particular) {
    Figures figures = new Figures(title);
    try (WorkerCluster cluster = cluster(title, particular)) {
      for (int kill = 0; kill < KILLS; kill++) {
        WorkerProcess victim = cluster.workers().get(kill % WorkerCluster.SIZE);
        cluster.startLoad();
        List<WorkerClient> survivors = cluster.clientsOfOthers(victim);
        WorkerCluster.awaitWrites(survivors, WRITES_AFTER_KILL);
        survivors.forEach(WorkerClient::forgetPauses);
        victim.kill();
        WorkerCluster.awaitWrites(survivors, WRITES_AFTER_KILL);
        Duration pause =
            survivors.stream().map(WorkerClient::longestPause).max(Duration::compareTo).get();
        figures.add("kill " + (kill + 1) + " of " + victim.name(), pause);
        cluster.restart(victim);
        cluster.awaitAllInSync();
        cluster.stopLoadAndJudge();
      }
      figures.note(
          cluster.operations()
              + " operations judged linearizable, "
              + cluster.uniquePuts()
              + " acknowledged puts present at the end");
    } finally {
      figures.publish();
    }
    assertThat(figures.median()).isLessThan(GENEROUS_MEDIAN);
  }

  @Test
  void aMemberWithoutMajorityRefusesInTimeAndServesAgainWhenTheOthersAreBack() {
    Figures figures = new Figures("without majority");
    try (WorkerCluster cluster =
        cluster(
            "without majority",
            Map.of("henge.operation-timeout", OPERATION_TIMEOUT.toMillis() + "ms"))) {
      cluster.startLoad();
      WorkerProcess left = cluster.workers().get(2);
      List<WorkerProcess> stopped = cluster.workers().subList(0, 2);
      WorkerCluster.awaitWrites(cluster.clientsOfOthers(left), WRITES_AFTER_KILL);
      stopped.forEach(WorkerProcess::pause);
      try {
        // Leases from before may still allow reads for a moment: that is no stale value yet.
        await("loss of the lease")
            .atMost(Duration.ofSeconds(10))
            .until(() -> !left.status().quorate());
        for (List<String> command :
            List.of(
                List.of("put", "k", "v"), List.of("get", "k"), List.of("increment", "n", "1"))) {
          long begin = System.nanoTime();
          Answer answer =
              left.call(OPERATION_TIMEOUT.multipliedBy(4), command.toArray(String[]::new));
          Duration took = Duration.ofNanos(System.nanoTime() - begin);
          figures.note(command.get(0) + " after " + took.toMillis() + " ms: " + answer);
          assertThat(answer.kind()).isNotEqualTo(Answer.Kind.DONE);
          assertThat(answer.text()).contains("registers");
          assertThat(took).isLessThan(OPERATION_TIMEOUT.plusSeconds(2));
        }
      } finally {
        stopped.forEach(WorkerProcess::resume);
      }
      long begin = System.nanoTime();
      await("service after the others are back")
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  left.call(OPERATION_TIMEOUT.multipliedBy(2), "put", "k", "w").kind()
                      == Answer.Kind.DONE);
      figures.add("served again after", Duration.ofNanos(System.nanoTime() - begin));
      cluster.awaitAllInSync();
      WorkerCluster.awaitWrites(cluster.clientsOfOthers(left), WRITES_AFTER_KILL);
      cluster.stopLoadAndJudge();
      figures.note(cluster.operations() + " operations judged linearizable");
    } finally {
      figures.publish();
    }
  }

  @Test
  void aMemberThatIsRemovedWhileItIsStoppedBeginsAgainAndEveryCallAtItEnds() {
    Figures figures = new Figures("removed while it lived");
    try (WorkerCluster cluster = cluster("removed while it lived", Map.of())) {
      WorkerProcess victim = cluster.workers().get(0);
      WorkerProcess other = cluster.workers().get(1);
      cluster.startLoad();
      WorkerCluster.awaitWrites(cluster.clientsOf(victim), WRITES_AFTER_KILL);
      victim.pause();
      try {
        await("removal").atMost(Duration.ofSeconds(60)).until(() -> other.status().members() == 2);
      } finally {
        victim.resume();
      }
      long begin = System.nanoTime();
      WorkerCluster.awaitWrites(cluster.clientsOf(victim), WRITES_AFTER_KILL);
      figures.add("its own clients wrote again after", Duration.ofNanos(System.nanoTime() - begin));
      cluster.awaitAllInSync();
      figures.add("every copy in sync after", Duration.ofNanos(System.nanoTime() - begin));
      cluster.stopLoadAndJudge();
      figures.note(cluster.operations() + " operations judged linearizable");
    } finally {
      figures.publish();
    }
  }

  private static WorkerCluster cluster(String title, Map<String, String> particular) {
    String name = title.replace(' ', '-');
    Path directory = Path.of("target", "processes", name).toAbsolutePath();
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "henge.cluster.name",
                "test-" + name + "-" + ProcessHandle.current().pid(),
                "henge.transport.bind-port",
                "17800",
                "henge.run-dir",
                directory.resolve("run").toString(),
                // A killed process is replaced at once: its copies need not wait for its return.
                "henge.remove-after",
                "2s"));
    settings.putAll(particular);
    return new WorkerCluster(directory, settings);
  }
}
