package io.henge.arquillian.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.arquillian.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Three plain Java processes under load are ended one after the other, as an operating system or a
 * container does it, and started again. No operation fails for that: not one of the others', and of
 * the ending process's own callers none that was begun before it refuses new ones. Counters count
 * exactly once. The longest pause of a client is printed; it is not asserted.
 */
class RollingRestartIT {

  private static final int ROUNDS = Integer.getInteger("rolling.rounds", 1);
  private static final int WRITES = 100;

  @Test
  void aRollingRestartOfAllProcessesFailsNoOperation() {
    Figures figures = new Figures("rolling restart");
    Path directory = Path.of("target", "processes", "rolling-restart").toAbsolutePath();
    Map<String, String> settings =
        Map.of(
            "henge.cluster.name",
            "test-rolling-restart-" + ProcessHandle.current().pid(),
            "henge.transport.bind-port",
            "17900",
            "henge.run-dir",
            directory.resolve("run").toString());
    try (WorkerCluster cluster = new WorkerCluster(directory, settings)) {
      for (int round = 0; round < ROUNDS; round++) {
        cluster.startLoad();
        for (WorkerProcess worker : cluster.workers()) {
          List<WorkerClient> others = cluster.clientsOfOthers(worker);
          WorkerCluster.awaitWrites(others, WRITES);
          others.forEach(WorkerClient::forgetPauses);
          long begin = System.nanoTime();
          worker.terminate();
          worker.awaitEnd();
          figures.note(
              worker.name() + " ended in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
          WorkerCluster.awaitWrites(others, WRITES);
          cluster.restart(worker);
          cluster.awaitAllInSync();
          Duration pause =
              others.stream().map(WorkerClient::longestPause).max(Duration::compareTo).get();
          figures.add("restart of " + worker.name() + ", longest pause of a client", pause);
          assertThat(others).allSatisfy(client -> assertThat(client.failures()).isZero());
        }
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
  }
}
