package io.henge.arquillian.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Three servers to play with: started, watched, restarted on request, and stopped with Ctrl-C.
 * System properties: {@code demo.port}, the first HTTP port, and {@code demo.load}, {@code true}
 * for a gentle load from the start.
 */
public final class Demo {

  private static final int SERVERS = 3;

  private final PrintStream out = System.out;
  private final PayaraCluster cluster;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
  private Load load;
  private volatile PayaraNode starting;

  private Demo() {
    cluster =
        new PayaraCluster(
            SERVERS,
            Integer.getInteger("demo.port", 8081),
            ServerFiles.fromSystemProperties(),
            Map.of());
  }

  /** Runs until Ctrl-C, or until {@code q} is typed. */
  public static void main(String[] arguments) throws Exception {
    Demo demo = new Demo();
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop-servers"));
    try {
      demo.run();
    } finally {
      demo.stop();
    }
  }

  private void run() throws IOException {
    out.printf("%nStarting %d Payara Micro servers; this takes some seconds ...%n", SERVERS);
    cluster.nodes().forEach(PayaraNode::start);
    for (PayaraNode node : cluster.nodes()) {
      node.awaitReady();
      watch(node);
    }
    describe();
    ScheduledFuture<?> unused =
        reporter.scheduleWithFixedDelay(this::reportPauses, 1, 1, TimeUnit.SECONDS);
    if (Boolean.getBoolean("demo.load")) {
      toggleLoad();
    }
    obey();
  }

  private void describe() {
    out.println();
    for (PayaraNode node : cluster.nodes()) {
      if (node.isAlive()) {
        out.printf("  %s   pid %-7d  application %s%n", node.name(), node.pid(), node.sample());
        out.printf("  %28s  console     %s%n", "", node.console());
      } else {
        out.printf("  %s   is down: %s + Enter starts it%n", node.name(), number(node));
      }
    }
    PayaraNode last = cluster.nodes().get(SERVERS - 1);
    out.printf(
        """

          Put something on one server, read it on another:
            curl -X PUT -H 'Content-Type: text/plain' -d 'two books' %sapi/carts/ada
            curl %sapi/carts/ada
          Kill a server, from another terminal:   kill -9 %d
          and watch the ring on a living one:     %s

          Type 1, 2 or 3 + Enter to start a killed server again, l for a gentle load on or off,
          s for this list, q (or Ctrl-C) to stop all. The servers' output: %s

        """,
        cluster.nodes().get(0).sample(),
        cluster.nodes().get(1).sample(),
        last.pid(),
        cluster.nodes().get(0).console(),
        last.log().getParent().resolveSibling("node-*").resolve(last.log().getFileName()));
  }

  private void obey() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String line;
    while ((line = lines.readLine()) != null) {
      String word = line.strip().toLowerCase(Locale.ROOT);
      switch (word) {
        case "" -> {}
        case "q" -> {
          return;
        }
        case "s" -> describe();
        case "l" -> toggleLoad();
        case "1", "2", "3" -> restart(cluster.nodes().get(Integer.parseInt(word) - 1));
        default -> out.println("1, 2, 3, l, s or q, please.");
      }
    }
    // No console: run until a signal comes.
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart(PayaraNode node) {
    if (node.isAlive()) {
      out.printf("%s is running; end it with: kill -9 %d%n", node.name(), node.pid());
      return;
    }
    out.printf("Starting %s ...%n", node.name());
    starting = node;
    node.start();
    node.awaitReady();
    watch(node);
    forgetPauses(node);
    starting = null;
    out.printf("%s is back, pid %d, %s%n", node.name(), node.pid(), node.sample());
  }

  private void watch(PayaraNode node) {
    long pid = node.pid();
    node.onExit(
        exitValue -> {
          if (stopped.getCount() > 0) {
            out.printf(
                "%s (pid %d) is gone, exit value %d. Type %s + Enter to start it again.%n",
                node.name(), pid, exitValue, number(node));
          }
        });
  }

  private static String number(PayaraNode node) {
    return node.name().substring("node-".length());
  }

  private synchronized void toggleLoad() {
    if (load != null) {
      closeLoad();
      out.println("Load off.");
      return;
    }
    load = new Load(cluster.living().stream().map(Demo::client).toList(), Duration.ofMillis(20));
    out.println("Load on: a client at each server; pauses above 100 ms are reported.");
  }

  private static LoadClient client(PayaraNode node) {
    return new LoadClient(
        "client-of-" + node.name(),
        node,
        IntStream.range(0, 64).mapToObj(i -> "load-" + node.name() + "-" + i).toList(),
        IntStream.range(0, 8).mapToObj(i -> "load-" + i).toList());
  }

  private synchronized void reportPauses() {
    if (load == null) {
      return;
    }
    for (LoadClient client : load.clients()) {
      long pause = client.takeLongestPause().toMillis();
      if (pause > 100 && client.node().isAlive() && client.node() != starting) {
        out.printf("%s: longest pause between acknowledgements %d ms%n", client.name(), pause);
      }
    }
  }

  private synchronized void forgetPauses(PayaraNode node) {
    if (load != null) {
      load.clients().stream()
          .filter(client -> client.node() == node)
          .forEach(LoadClient::forgetPauses);
    }
  }

  private void stop() {
    synchronized (stopped) {
      if (stopped.getCount() == 0) {
        return;
      }
      stopped.countDown();
      out.printf("%nStopping the servers ...%n");
      reporter.shutdownNow();
      cluster.close();
      closeLoad();
      out.println("All servers have stopped.");
    }
  }

  private synchronized void closeLoad() {
    if (load != null) {
      load.close();
      load = null;
    }
  }
}
