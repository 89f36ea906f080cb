package io.henge.benchmarks.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is measured, and for how long.
 *
 * @param products names, lower case
 * @param clusterSizes nodes of the clusters
 * @param modes as far as a product has them
 * @param operations in this order
 * @param threads callers per node; with one thread only one node is loaded
 * @param rounds how often each window is measured; the products take turns
 * @param windowMillis length of a window
 * @param warmUp operations of each kind in each mode before anything is measured, on the cluster
 * @param keys that the load uses
 * @param valueBytes length of a value
 * @param memoryEntries to weigh an entry; 0: not measured
 * @param failoverMillis length of the load under which a node is killed; 0: not measured
 * @param jvm arguments of the nodes' JVMs; spaces between them on the command line
 * @param baseline class path of another build of Henge to measure beside this one; empty: none
 * @param home the directory of the module {@code benchmarks}
 * @param output where results go
 */
record Options(
    List<String> products,
    List<Integer> clusterSizes,
    List<Mode> modes,
    List<Operation> operations,
    List<Integer> threads,
    int rounds,
    long windowMillis,
    int warmUp,
    int keys,
    int valueBytes,
    int memoryEntries,
    long failoverMillis,
    List<String> jvm,
    String baseline,
    Path home,
    Path output) {

  private static final List<String> KNOWN =
      List.of(
          "products",
          "nodes",
          "modes",
          "operations",
          "threads",
          "rounds",
          "window-millis",
          "warm-up",
          "keys",
          "value-bytes",
          "memory-entries",
          "failover-millis",
          "jvm",
          "baseline",
          "home",
          "output",
          "quick");

  /**
   * Reads a command line of {@code --name=value}; {@code --quick} fits into about a quarter of an
   * hour.
   */
  static Options parse(List<String> arguments) {
    Values values = new Values(arguments);
    boolean quick = values.given("quick");
    Path home = Path.of(values.text("home", "benchmarks"));
    return new Options(
        values.list("products", "henge,hazelcast,infinispan", text -> text),
        values.list("nodes", "3,1", Integer::valueOf),
        values.list("modes", "sync,async,all", Mode::of),
        values.list("operations", "get,put,mixed,invoke", Operation::of),
        values.list("threads", "8,1", Integer::valueOf),
        values.number("rounds", quick ? 2 : 5),
        values.number("window-millis", quick ? 2000 : 10_000),
        values.number("warm-up", quick ? 120_000 : 600_000),
        values.number("keys", 10_000),
        values.number("value-bytes", 100),
        values.number("memory-entries", quick ? 50_000 : 200_000),
        values.number("failover-millis", 10_000),
        Arrays.asList(values.text("jvm", "-Xms512m -Xmx512m -XX:+UseG1GC").split(" ", -1)),
        values.text("baseline", ""),
        home,
        Path.of(values.text("output", home.resolve("target/comparison").toString())));
  }

  /** All loads on a cluster of a size. */
  List<Case> cases(int clusterSize) {
    List<Case> cases = new ArrayList<>();
    for (Mode mode : clusterSize == 1 ? List.of(Mode.SYNC) : modes) {
      for (int each : threads) {
        int loaded = each == 1 ? 1 : clusterSize;
        for (Operation operation : operations) {
          cases.add(new Case(clusterSize, mode, operation, each, loaded));
        }
      }
    }
    return cases;
  }

  private record Values(List<String> arguments) {

    Values {
      for (String argument : arguments) {
        String name = argument.replaceFirst("^--", "").replaceFirst("=.*", "");
        if (!argument.startsWith("--") || !KNOWN.contains(name)) {
          throw new IllegalArgumentException(argument + " is not known; allowed are --" + KNOWN);
        }
      }
    }

    boolean given(String name) {
      return arguments.contains("--" + name);
    }

    String text(String name, String otherwise) {
      String start = "--" + name + "=";
      return arguments.stream()
          .filter(argument -> argument.startsWith(start))
          .map(argument -> argument.substring(start.length()))
          .findFirst()
          .orElse(otherwise);
    }

    int number(String name, int otherwise) {
      return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    <T> List<T> list(String name, String otherwise, Function<String, T> parser) {
      return Stream.of(text(name, otherwise).toLowerCase(Locale.ROOT).split(",", -1))
          .map(parser)
          .toList();
    }
  }
}
