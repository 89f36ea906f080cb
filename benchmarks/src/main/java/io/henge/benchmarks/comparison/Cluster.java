package io.henge.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The nodes of one product. Used by one thread. */
final class Cluster implements AutoCloseable {

  /** Infinispan listens 50,000 above as well. */
  private static final int FIRST_PORT = 11_000;

  private static final int LAST_PORT = 15_000;
  private static final int FILL_CHUNK = 1000;
  private static final long LOST_MILLIS = 3000;

  /** What happened when a node was killed under load. */
  record Failover(Measured survivors, int keysFound, int keys) {}

  private final String product;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final int keys;

  private Cluster(String product, int keys) {
    this.product = product;
    this.keys = keys;
  }

  /** Starts the nodes one after the other, and fills the caches. */
  static Cluster start(Product product, int size, Options options) {
    Cluster cluster = new Cluster(product.name(), options.keys());
    List<Mode> modes = product.modes();
    List<Integer> ports = freePorts(size);
    List<String> arguments =
        List.of(
            modes.stream().map(Mode::toString).collect(Collectors.joining(",")),
            Integer.toString(options.keys()),
            Integer.toString(options.valueBytes()));
    try {
      Path directory =
          Files.createDirectories(
              options.output().resolve("nodes").resolve(product.name() + "-" + size));
      for (int number = 0; number < size; number++) {
        cluster.nodes.add(
            NodeProcess.start(
                product.name() + "-" + number,
                product.launch(number, ports, directory),
                options.jvm(),
                arguments,
                directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory in " + options.output(), e);
    }
    cluster.nodes.forEach(NodeProcess::awaitReady);
    modes.stream().filter(mode -> mode != Mode.MEMORY).forEach(cluster::fill);
    return cluster;
  }

  private void fill(Mode mode) {
    for (int from = 0; from < keys; from += FILL_CHUNK) {
      nodes.get(0).ask("fill " + mode + " " + from + " " + Math.min(keys, from + FILL_CHUNK));
    }
  }

  /** Does a number of operations in each thread, and measures nothing. */
  void warmUp(Case what, int operationsPerThread) {
    onAll(what, "operations", operationsPerThread);
  }

  /** Loads the cluster for a time. */
  Window measure(Case what, int round, long millis) {
    long busy = Machine.busyNanos();
    Measured measured = Measured.together(onAll(what, "time", millis));
    long others = Machine.busyNanos() - busy - measured.use().cpuNanos();
    double foreign = busy < 0 ? Double.NaN : Math.max(0.0, (double) others / measured.nanos());
    return Window.of(product, what, round, measured, foreign);
  }

  private List<Measured> onAll(Case what, String command, long bound) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int threads = i < what.loadedNodes() ? what.threads() : 0;
      if (threads > 0 || command.equals("time")) {
        answers.add(
            nodes
                .get(i)
                .send(
                    String.join(
                        " ",
                        command,
                        what.mode().toString(),
                        what.operation().toString(),
                        Integer.toString(threads),
                        Long.toString(bound))));
      }
    }
    return answers.stream().map(CompletableFuture::join).map(Measured::decode).toList();
  }

  /** Heap that one stored copy takes, in bytes: key, value and all that belongs to them. */
  double bytesPerCopy(int entries) {
    long before = heap();
    for (int from = 0; from < entries; from += FILL_CHUNK) {
      nodes
          .get(0)
          .ask("fill " + Mode.MEMORY + " " + from + " " + Math.min(entries, from + FILL_CHUNK));
    }
    int copies = Math.min(2, nodes.size());
    return (double) (heap() - before) / ((long) entries * copies);
  }

  private long heap() {
    return nodes.stream().mapToLong(node -> Long.parseLong(node.ask("heap"))).sum();
  }

  /** Kills the last node while the others write, with one thread each. */
  Failover killOne(long millis) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (NodeProcess node : nodes.subList(0, nodes.size() - 1)) {
      answers.add(node.send("time " + Mode.SYNC + " " + Operation.PUT + " 1 " + millis));
    }
    CompletableFuture.runAsync(
            nodes.get(nodes.size() - 1)::kill,
            CompletableFuture.delayedExecutor(LOST_MILLIS, TimeUnit.MILLISECONDS))
        .join();
    Measured survivors =
        Measured.together(
            answers.stream().map(CompletableFuture::join).map(Measured::decode).toList());
    int found = Integer.parseInt(nodes.get(0).ask("count " + Mode.SYNC + " " + keys));
    return new Failover(survivors, found, keys);
  }

  private static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    int first = FIRST_PORT + (int) (ProcessHandle.current().pid() % 1000);
    for (int port = first; ports.size() < count && port < LAST_PORT; port++) {
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException("no " + count + " free ports up to " + LAST_PORT);
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }
}
