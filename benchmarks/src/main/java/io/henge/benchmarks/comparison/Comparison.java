package io.henge.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures products under the same loads. All clusters of a size run at the same time, only one of
 * them under load, and the products take turns window by window, so that whatever else the machine
 * does hits all of them alike.
 */
public final class Comparison {

  private static final Logger LOG = System.getLogger(Comparison.class.getName());

  private final Options options;
  private final List<Product> products;
  private final Results results;

  Comparison(Options options, List<Product> products) {
    this.options = options;
    this.products = products;
    this.results = new Results(options.output());
  }

  /**
   * Runs the comparison.
   *
   * @param arguments see {@link Options#parse}
   */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    Options options = Options.parse(List.of(arguments));
    Path report = new Comparison(options, products(options)).run();
    LOG.log(Level.INFO, "the tables are in {0}", report);
  }

  private static List<Product> products(Options options) throws URISyntaxException {
    List<String> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList();
    Path own =
        Path.of(Comparison.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path peers = options.home().toAbsolutePath().resolve("peers");
    Map<String, Product> known =
        Map.of(
            "henge",
            new HengeProduct("Henge", classPath, Map.of()),
            "hazelcast",
            new HazelcastProduct(new PeerFiles(peers.resolve("hazelcast/target/lib"), own)),
            "infinispan",
            new InfinispanProduct(new PeerFiles(peers.resolve("infinispan/target/lib"), own)));
    List<Product> products = new ArrayList<>();
    for (String name : options.products()) {
      Product product = known.get(name);
      if (product == null) {
        throw new IllegalArgumentException("no product " + name + "; there are " + known.keySet());
      }
      if (!product.available()) {
        throw new IllegalStateException(
            "the libraries of " + name + " are not there: build with -Pbenchmarks first");
      }
      products.add(product);
    }
    if (!options.baseline().isEmpty()) {
      List<String> other =
          new ArrayList<>(List.of(options.baseline().split(File.pathSeparator, -1)));
      other.add(own.toString());
      products.add(new HengeProduct("Henge-baseline", other, Map.of()));
    }
    return products;
  }

  /** Measures everything; returns the file with the tables. */
  Path run() {
    options.clusterSizes().forEach(this::run);
    return results.writeReport();
  }

  private void run(int clusterSize) {
    List<Cluster> clusters = new ArrayList<>();
    try {
      for (Product product : products) {
        LOG.log(Level.INFO, "{0}: {1} nodes", product.name(), clusterSize);
        clusters.add(Cluster.start(product, clusterSize, options));
      }
      List<Case> cases = options.cases(clusterSize);
      for (int i = 0; i < products.size(); i++) {
        warmUp(products.get(i), clusters.get(i), cases);
      }
      for (int round = 1; round <= options.rounds(); round++) {
        for (Case what : cases) {
          measure(what, round, clusters);
        }
      }
      if (clusterSize > 1) {
        oncePerCluster(clusters);
      }
    } finally {
      clusters.forEach(Cluster::close);
    }
  }

  private void warmUp(Product product, Cluster cluster, List<Case> cases) {
    long start = System.nanoTime();
    int most = Math.max(1, cases.stream().mapToInt(Case::threads).max().orElse(1));
    for (Case what : cases) {
      if (product.modes().contains(what.mode()) && what.threads() == most) {
        cluster.warmUp(what, options.warmUp() / (what.threads() * what.loadedNodes()));
      }
    }
    LOG.log(
        Level.INFO,
        "{0} is warm after {1} s",
        product.name(),
        (System.nanoTime() - start) / 1_000_000_000L);
  }

  /** Another product begins in each round. */
  private void measure(Case what, int round, List<Cluster> clusters) {
    for (int i = 0; i < products.size(); i++) {
      int turn = (i + round) % products.size();
      if (products.get(turn).modes().contains(what.mode())) {
        Window window = clusters.get(turn).measure(what, round, options.windowMillis());
        results.add(window);
        LOG.log(Level.INFO, "{0}", window.toRow());
      }
    }
  }

  private void oncePerCluster(List<Cluster> clusters) {
    for (int i = 0; i < products.size(); i++) {
      String name = products.get(i).name();
      if (options.memoryEntries() > 0) {
        results.addMemory(name, clusters.get(i).bytesPerCopy(options.memoryEntries()));
      }
      if (options.failoverMillis() > 0) {
        results.addFailover(name, clusters.get(i).killOne(options.failoverMillis()));
      }
    }
  }
}
