package io.henge.arquillian;

import static io.henge.arquillian.servers.Console.number;
import static io.henge.arquillian.servers.Console.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.arquillian.servers.Console;
import io.henge.arquillian.servers.Load;
import io.henge.arquillian.servers.LoadClient;
import io.henge.arquillian.servers.PayaraCluster;
import io.henge.arquillian.servers.PayaraNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of the console: whoever looks at the ring sees a failover when it happens, phase by
 * phase, and its figures are those that the callers measured themselves.
 */
@ExtendWith(SharedCluster.class)
class RingPageIT {

  private static final Duration PAGE_TIMEOUT = Duration.ofMinutes(1);

  /** Promised are 2 s and 30 s; a machine that does much else beside is granted more. */
  private static final Duration MOST_UNTIL_SHOWN = Duration.ofSeconds(20);

  private static final Duration MOST_UNTIL_IN_SYNC = Duration.ofMinutes(2);

  /**
   * How far the console's longest operation and the clients' longest pause may be apart, beyond
   * what the clients saw when all was well: HTTP, and the pause between requests.
   */
  private static final Duration TOLERANCE = Duration.ofMillis(250);

  private static final int CLIENTS_PER_SERVER = 2;
  private static final int CARTS_PER_CLIENT = 4;

  @TempDir Path profile;

  private final PayaraCluster cluster;

  RingPageIT(PayaraCluster cluster) {
    this.cluster = cluster;
    SharedCluster.awaitAllInSync(cluster);
  }

  @Test
  void aKilledServerIsSeenAtOnceAndTheFiguresAreThoseOfTheClients() {
    PayaraNode watched = cluster.nodes().get(0);
    PayaraNode victim = cluster.nodes().get(2);
    Figures figures = new Figures("ring page");
    CheckedClients clients = clients(watched, victim);
    try (RingPage page = RingPage.open(profile, watched)) {
      page.await("a painted ring", PAGE_TIMEOUT, () -> page.paintedPixels() > 10_000);
      page.await("three members", PAGE_TIMEOUT, () -> page.members().size() == 3);
      assertThat(page.members()).allSatisfy(line -> assertThat(line).matches("(?s).*node-[123].*"));
      String before = page.failover();
      page.screenshot("ring-in-sync");

      Duration calm;
      Duration pause;
      try (Load load = new Load(clients.all(), Duration.ofMillis(2))) {
        clients.awaitAcknowledgements();
        load.clients().forEach(LoadClient::takeLongestPause);
        for (int i = 0; i < 3; i++) {
          clients.awaitAcknowledgements();
        }
        calm = clients.takeLongestPause();

        long killed = System.nanoTime();
        // Beside the page, which is looked at from the first moment on.
        CompletableFuture<Void> killing = CompletableFuture.runAsync(victim::kill);
        page.await(
            "the failover of " + victim.name() + " up to its new primaries",
            MOST_UNTIL_SHOWN,
            () ->
                !page.failover().equals(before)
                    && page.failoverTitle().contains(victim.name())
                    && page.endedPhases().containsAll(List.of("suspect", "agree", "promote")));
        figures.note("failover with its phases on the page after " + since(killed));
        page.screenshot("ring-after-kill");
        killing.join();
        clients.awaitAcknowledgements();
        pause = clients.takeLongestPause(watched);
        page.await(
            "all in sync",
            MOST_UNTIL_IN_SYNC,
            () -> page.endedPhases().contains("replicate") && page.health().equals("OK"));
        figures.note("all in sync on the page after " + since(killed));
      }
      Map<String, Object> impact = part(new Console(watched).failovers().get(0), "impact");
      figures.note(
          "impact: " + impact + "; the clients' longest pause " + pause.toMillis() + " ms");
      assertSame(impact, pause, TOLERANCE.plus(calm.multipliedBy(2)));
      assertThat(
              number(part(impact, "callers"), "notDone")
                  + number(part(impact, "callers"), "unknown"))
          .as("operations that failed, by the console and by the clients")
          .isEqualTo(clients.refusals(watched));

      victim.start();
      victim.awaitReady();
      page.await("three members again", PAGE_TIMEOUT, () -> page.members().size() == 3);
      page.screenshot("ring-after-restart");
    } finally {
      figures.publish();
      if (!victim.isAlive()) {
        victim.start();
        victim.awaitReady();
      }
    }
    assertThat(number(part(new Console(watched).failovers().get(0), "impact"), "lost")).isZero();
    cluster.nodes().forEach(clients::assertNothingLostOnceDone);
  }

  /** Two survivors' clients that write only what the victim leads, and count what any leads. */
  private CheckedClients clients(PayaraNode watched, PayaraNode victim) {
    Console console = new Console(watched);
    Iterator<String> led =
        Stream.iterate(0, i -> i + 1)
            .map(i -> "seen-" + i)
            .filter(key -> console.primary("carts", key).equals(victim.name()))
            .iterator();
    List<String> counters = List.of("seen-0", "seen-1");
    List<LoadClient> clients = new ArrayList<>();
    for (PayaraNode node : cluster.nodes()) {
      for (int i = 0; i < CLIENTS_PER_SERVER && node != victim; i++) {
        List<String> carts =
            IntStream.range(0, CARTS_PER_CLIENT).mapToObj(cart -> led.next()).toList();
        clients.add(new LoadClient("client-" + i + " of " + node.name(), node, carts, counters));
      }
    }
    return new CheckedClients(clients, counters);
  }

  private static void assertSame(Map<String, Object> impact, Duration pause, Duration tolerance) {
    Map<String, Object> callers = part(impact, "callers");
    assertThat(number(callers, "heldUp")).as("operations held up").isPositive();
    assertThat(number(callers, "repeats")).as("retries").isPositive();
    assertThat(number(impact, "lost")).as("partitions lost").isZero();
    assertThat(number(callers, "longestMs"))
        .as("the longest operation by the console, of the clients' longest pause, in ms")
        .isBetween(pause.minus(tolerance).toMillis(), pause.toMillis());
  }

  private static String since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis() + " ms";
  }
}
