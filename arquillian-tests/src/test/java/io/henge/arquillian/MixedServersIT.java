package io.henge.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.servers.Console;
import io.henge.arquillian.servers.PayaraNode;
import io.henge.arquillian.servers.Ports;
import io.henge.arquillian.servers.Sample;
import io.henge.arquillian.servers.ServerFiles;
import io.henge.arquillian.servers.ServerNode;
import io.henge.arquillian.servers.WildFlyNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same sample application, unchanged, on WildFly and on a Payara Micro server that keeps its
 * Hazelcast: two products, one cluster.
 */
class MixedServersIT {

  private static final int FIRST_HTTP_PORT = 18191;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Made by Payara's own interceptors and producers, one for each cache. */
  private static final String CACHE_OF_HAZELCAST = "com.hazelcast.cache.impl.CacheProxy";

  private static PayaraNode payara;
  private static WildFlyNode wildfly;

  @BeforeAll
  static void start() {
    ServerFiles files = ServerFiles.fromSystemProperties();
    Map<String, String> settings =
        Map.of(
            "henge.cluster.name",
            "test-mixed-" + ProcessHandle.current().pid(),
            "henge.transport.bind-port",
            "17940");
    int port = Ports.nextFree(FIRST_HTTP_PORT);
    payara = PayaraNode.withHazelcast("payara", port, files, settings);
    wildfly =
        new WildFlyNode(
            "wildfly",
            Ports.nextFree(port + 1),
            Path.of(System.getProperty("servers.wildfly")),
            files,
            settings);
    payara.start();
    wildfly.start();
    payara.awaitReady();
    wildfly.awaitReady();
    awaitBothInSync();
  }

  @AfterAll
  static void stop() {
    payara.close();
    wildfly.close();
  }

  private static void awaitBothInSync() {
    await("two members with every copy in sync")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> new Console(payara).allInSync(2));
  }

  @Test
  void bothRunOnTheProviderOfThisProject() {
    for (ServerNode node : List.of(payara, wildfly)) {
      assertThat(new Sample(node).node())
          .containsEntry("provider", "io.henge.jcache.HengeCachingProvider")
          .containsEntry("name", node.name())
          .containsEntry("pid", node.pid())
          .containsEntry("state", "RUNNING");
    }
  }

  @Test
  void whatMethodsOfOneProductCacheIsSeenOnTheOther() {
    MethodsOfAllServers.assertShareTheirCaches(
        List.of(new Sample(payara), new Sample(wildfly)), "lamp");
    MethodsOfAllServers.assertShareTheirCaches(
        List.of(new Sample(wildfly), new Sample(payara)), "chair");
  }

  @Test
  void nothingIsCachedTwiceThoughTheServersHazelcastIsOn() throws Exception {
    Sample sample = new Sample(payara);
    String source = sample.priceSource("table");
    assertThat(sample.priceSource("table")).isEqualTo(source);
    sample.writeNote("table", "round");
    try (JMXConnector management = payara.management()) {
      Map<String, Long> objects =
          Holdings.of(
                  management.getMBeanServerConnection(),
                  "com.hazelcast.instance.impl.Node",
                  CACHE_OF_HAZELCAST,
                  Holdings.PROVIDER)
              .objects();
      assertThat(objects)
          .containsEntry("com.hazelcast.instance.impl.Node", 1L)
          .containsEntry(CACHE_OF_HAZELCAST, 0L)
          .containsEntry(Holdings.PROVIDER, 1L);
    }
  }

  @Test
  void whatIsUndeployedLeavesWildFlyWithoutAThreadAndItsEntriesElsewhere() throws Exception {
    Sample elsewhere = new Sample(payara);
    String source = new Sample(wildfly).priceSource("stool");
    for (int i = 0; i < 4; i++) {
      wildfly.undeploy();
      assertThat(elsewhere.priceSource("stool")).isEqualTo(source);
      Holdings left = holdingsOfWildFly();
      assertThat(left.threads()).isZero();
      assertThat(left.beans()).isEmpty();
      wildfly.deploy();
      assertThat(new Sample(wildfly).priceSource("stool")).isEqualTo(source);
      awaitBothInSync();
    }
    // WildFly itself remembers the last deployment or two beside the present one.
    await("no more than three of five deployments")
        .atMost(PATIENCE)
        .until(() -> holdingsOfWildFly().objects().get(Holdings.PROVIDER) <= 3);
  }

  private static Holdings holdingsOfWildFly() throws Exception {
    try (JMXConnector management = wildfly.management()) {
      return Holdings.of(management.getMBeanServerConnection(), Holdings.PROVIDER);
    }
  }
}
