package io.henge.arquillian;

import static org.awaitility.Awaitility.await;

import io.henge.arquillian.servers.Console;
import io.henge.arquillian.servers.PayaraCluster;
import io.henge.arquillian.servers.ServerFiles;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one cluster of three servers to all test classes that ask for a {@link PayaraCluster}: it
 * starts with the first of them and stops after the last. A test leaves it whole.
 */
final class SharedCluster implements ParameterResolver {

  static final int SIZE = 3;

  private static final int FIRST_HTTP_PORT = 18081;
  private static final String FIRST_MEMBER_PORT = "17900";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PayaraCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedCluster.class))
        .getOrComputeIfAbsent(PayaraCluster.class, type -> start(), PayaraCluster.class);
  }

  private static PayaraCluster start() {
    ServerFiles files = ServerFiles.fromSystemProperties();
    PayaraCluster cluster =
        new PayaraCluster(
            SIZE,
            FIRST_HTTP_PORT,
            files,
            Map.of(
                "henge.cluster.name",
                "test-servers-" + ProcessHandle.current().pid(),
                "henge.transport.bind-port",
                FIRST_MEMBER_PORT));
    try {
      cluster.start();
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** Waits until every server sees all members, no other, and every copy in sync. */
  static void awaitAllInSync(PayaraCluster cluster) {
    await("three members with every copy in sync")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> cluster.nodes().stream().allMatch(node -> new Console(node).allInSync(SIZE)));
  }
}
