package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.ClusterStatus;
import io.henge.arquillian.processes.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three members on three hosts that know each other by a list of host names, and nothing else. */
@RequiresNetwork
class StaticDiscoveryIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofSeconds(30);

  /** Longer than a member looks around; a member that founded alone would be ready by then. */
  private static final Duration LONG_ENOUGH_TO_GO_WRONG = Duration.ofSeconds(8);

  @Test
  void theListedHostsFoundTogetherAndARestartedOneFindsItsClusterOrWaits() {
    try (MemberHosts cluster =
        new MemberHosts(
            "static-discovery",
            3,
            Map.of("henge.operation-timeout", "60s", "henge.remove-after", "2s"))) {
      NetworkHost one = cluster.hosts().get(0);
      NetworkHost two = cluster.hosts().get(1);
      NetworkHost three = cluster.hosts().get(2);

      // Two of three do not found.
      WorkerProcess first = cluster.start(one);
      WorkerProcess second = cluster.start(two);
      awaitLine(cluster.logOf(one), "missing: [member-3[7800]]");
      awaitLine(cluster.logOf(two), "missing: [member-3[7800]]");
      assertThat(first.isReady()).isFalse();
      assertThat(second.isReady()).isFalse();

      cluster.start(three);
      awaitWhole(cluster);
      done(cluster.on(three), "put", "k", "before");
      assertThat(done(first, "get", "k")).isEqualTo("before");

      // A listed host that restarts finds its cluster and what is in it.
      second.kill();
      second = cluster.start(two).awaitReady(START);
      assertThat(done(second, "get", "k")).isEqualTo("before");
      awaitWhole(cluster);

      // One that restarts and finds nobody waits, although it is a listed host.
      cluster.network().cut(List.of(three), List.of(one, two));
      cluster.on(three).kill();
      WorkerProcess third = cluster.start(three);
      awaitLine(cluster.logOf(three), "missing: [member-1[7800], member-2[7800]]");
      done(first, "put", "k", "meanwhile");
      await("nothing to go wrong").pollDelay(LONG_ENOUGH_TO_GO_WRONG).until(() -> true);
      assertThat(third.isAlive()).isTrue();
      assertThat(third.isReady()).isFalse();

      cluster.network().heal();
      third.awaitReady(START);
      assertThat(done(third, "get", "k")).isEqualTo("meanwhile");
      awaitWhole(cluster);
    }
  }

  private static String done(WorkerProcess member, String... command) {
    Answer answer = member.call(CALL, command);
    assertThat(answer.kind()).as(member.name() + ": " + answer).isEqualTo(Answer.Kind.DONE);
    return answer.text();
  }

  private static void awaitWhole(MemberHosts cluster) {
    cluster.members().forEach(member -> member.awaitReady(START));
    await("three members with every copy in sync")
        .atMost(START)
        .untilAsserted(
            () ->
                assertThat(cluster.members())
                    .allSatisfy(
                        member -> {
                          ClusterStatus status = member.status();
                          assertThat(status.allInSync(3))
                              .as(member.name() + ": " + status)
                              .isTrue();
                        }));
  }

  private static void awaitLine(Path log, String end) {
    await("'" + end + "' in " + log)
        .atMost(START)
        .until(() -> read(log).lines().anyMatch(line -> line.endsWith(end)));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
