package io.henge.arquillian;

import static io.henge.arquillian.servers.Console.number;
import static io.henge.arquillian.servers.Console.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.arquillian.servers.Console;
import io.henge.arquillian.servers.Load;
import io.henge.arquillian.servers.LoadClient;
import io.henge.arquillian.servers.PayaraCluster;
import io.henge.arquillian.servers.PayaraNode;
import io.henge.arquillian.servers.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three Payara Micro servers with the sample application and the console. System property {@code
 * servers.kills} sets how many are killed.
 */
@ExtendWith(SharedCluster.class)
class PayaraClusterIT {

  private static final int KILLS = Integer.getInteger("servers.kills", 3);
  private static final Duration GENEROUS_MEDIAN = Duration.ofSeconds(3);
  private static final int CLIENTS_PER_SERVER = 2;

  private final PayaraCluster cluster;

  PayaraClusterIT(PayaraCluster cluster) {
    this.cluster = cluster;
    SharedCluster.awaitAllInSync(cluster);
  }

  @Test
  void everyServerRunsOnTheProviderOfThisProject() {
    for (PayaraNode node : cluster.nodes()) {
      Map<String, Object> answer = new Sample(node).node();
      assertThat(answer)
          .containsEntry("provider", "io.henge.jcache.HengeCachingProvider")
          .containsEntry("name", node.name())
          .containsEntry("state", "RUNNING");
      assertThat(number(answer, "pid")).isEqualTo(node.pid());
    }
  }

  @Test
  void whatIsPutOnOneServerIsReadOnTheOthers() {
    for (PayaraNode writer : cluster.nodes()) {
      String key = "from-" + writer.name();
      new Sample(writer).put(key, "a cart");
      for (PayaraNode reader : cluster.nodes()) {
        assertThat(new Sample(reader).get(key)).as(reader.toString()).contains("a cart");
      }
      new Sample(writer).remove(key);
      for (PayaraNode reader : cluster.nodes()) {
        assertThat(new Sample(reader).get(key)).as(reader.toString()).isEmpty();
      }
    }
  }

  @Test
  void whatAnnotatedMethodsDoToTheirCacheIsSeenOnAllServers() {
    MethodsOfAllServers.assertShareTheirCaches(
        cluster.nodes().stream().map(Sample::new).toList(), "lamp");
  }

  @Test
  void theConsoleTellsWhatItsServersAnnotatedMethodsCached() {
    PayaraNode node = cluster.nodes().get(1);
    Sample server = new Sample(node);
    server.priceSource("counted");
    server.priceSource("counted");
    assertThat(new Console(node).methods("prices"))
        .filteredOn("method", "PriceList.price")
        .singleElement()
        .satisfies(
            price -> {
              assertThat(number(price, "stored")).isPositive();
              assertThat(number(price, "fromCache")).isPositive();
              assertThat(number(price, "cacheFailures")).isZero();
            });
  }

  @Test
  void nothingAcknowledgedIsLostWhenThePrimaryOfAKeyIsKilledUnderLoad() {
    Figures figures = new Figures("failover of servers");
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        PayaraNode victim = cluster.nodes().get(kill % SharedCluster.SIZE);
        figures.add("kill " + (kill + 1) + " of " + victim.name(), kill(victim, kill));
      }
    } finally {
      figures.publish();
    }
    assertThat(figures.median()).isLessThan(GENEROUS_MEDIAN);
  }

  private Duration kill(PayaraNode victim, int kill) {
    List<PayaraNode> survivors = cluster.nodes().stream().filter(node -> node != victim).toList();
    Console console = new Console(survivors.get(0));
    List<String> known = keysOf(victim, console, kill);
    Sample writer = new Sample(victim);
    known.forEach(key -> writer.put(key, "known"));
    PriceTraffic prices = new PriceTraffic(survivors, "kill-" + kill);

    List<String> counters = IntStream.range(0, 4).mapToObj(i -> "count-" + kill + "-" + i).toList();
    List<LoadClient> all = new ArrayList<>();
    for (PayaraNode node : survivors) {
      for (int i = 0; i < CLIENTS_PER_SERVER; i++) {
        String name = "client-" + kill + "-" + node.name() + "-" + i;
        List<String> carts = IntStream.range(0, 16).mapToObj(j -> name + "-" + j).toList();
        all.add(new LoadClient(name, node, carts, counters));
      }
    }
    CheckedClients clients = new CheckedClients(all, counters);
    Duration pause;
    try (prices;
        Load load = new Load(all, Duration.ofMillis(2))) {
      clients.awaitAcknowledgements();
      prices.awaitMoreAnswers();
      load.clients().forEach(LoadClient::takeLongestPause);
      victim.kill();
      clients.awaitAcknowledgements();
      pause = clients.takeLongestPause();
      prices.awaitMoreAnswers();
      // A fresh server joins and gets its copies while writes go on.
      victim.start();
      victim.awaitReady();
      SharedCluster.awaitAllInSync(cluster);
    }
    prices.assertAnsweredFromTheCacheThroughout();
    for (PayaraNode node : cluster.nodes()) {
      Sample reader = new Sample(node);
      assertThat(reader.getAll(known)).as(node.toString()).hasSize(known.size());
      clients.assertNothingLostOnceDone(node);
    }
    assertFailoverIsTold(console, victim);
    assertHoldsCopies(console, victim);
    return pause;
  }

  /** Keys whose primary is a given server, by the console's account. */
  private static List<String> keysOf(PayaraNode node, Console console, int kill) {
    List<String> keys =
        IntStream.range(0, 60)
            .mapToObj(i -> "known-" + kill + "-" + i)
            .filter(key -> console.primary("carts", key).equals(node.name()))
            .toList();
    assertThat(keys).isNotEmpty();
    return keys;
  }

  private static void assertFailoverIsTold(Console console, PayaraNode victim) {
    Map<String, Object> failover = console.failovers().get(0);
    assertThat(failover).containsEntry("member", victim.name());
    assertThat(part(failover, "impact")).containsEntry("lost", 0L);
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> phases = (List<Map<String, Object>>) failover.get("phases");
    assertThat(phases)
        .extracting(phase -> phase.get("name"))
        .contains("suspect", "agree", "promote");
  }

  private static void assertHoldsCopies(Console console, PayaraNode node) {
    assertThat(console.members())
        .filteredOn(member -> node.name().equals(member.get("name")))
        .singleElement()
        .satisfies(
            member ->
                assertThat(number(member, "primaries") + number(member, "backups"))
                    .as("in-sync copies on %s", node.name())
                    .isPositive());
  }
}
