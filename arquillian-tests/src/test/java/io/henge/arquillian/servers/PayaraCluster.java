package io.henge.arquillian.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Some servers on this machine, named {@code node-1} and so on. Thread-safe. */
public final class PayaraCluster implements AutoCloseable {

  private final List<PayaraNode> nodes;

  /**
   * Describes the servers; {@link #start} starts them.
   *
   * @param firstPort HTTP ports are looked for from here upwards
   * @param settings further system properties of every server
   */
  public PayaraCluster(int size, int firstPort, ServerFiles files, Map<String, String> settings) {
    List<PayaraNode> all = new ArrayList<>();
    int port = firstPort;
    for (int number = 1; number <= size; number++) {
      port = Ports.nextFree(port);
      all.add(new PayaraNode("node-" + number, port++, files, settings));
    }
    nodes = List.copyOf(all);
  }

  /** The servers in order. */
  public List<PayaraNode> nodes() {
    return nodes;
  }

  /** The server of that name. */
  public PayaraNode node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  /** The servers whose process runs. */
  public List<PayaraNode> living() {
    return nodes.stream().filter(PayaraNode::isAlive).toList();
  }

  /** Starts all servers at once and waits until all are ready. */
  public void start() {
    nodes.forEach(PayaraNode::start);
    nodes.forEach(ServerNode::awaitReady);
  }

  /** Stops all servers, side by side. */
  @Override
  public void close() {
    CompletableFuture.allOf(
            nodes.stream()
                .map(node -> CompletableFuture.runAsync(node::close))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }
}
