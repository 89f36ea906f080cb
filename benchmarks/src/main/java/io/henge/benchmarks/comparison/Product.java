package io.henge.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is measured: a class path, a JCache provider, and the configuration of its caches. */
interface Product {

  /**
   * How to start a node.
   *
   * @param classPath directories and jars
   * @param provider class name of the JCache provider
   * @param uri of the cache manager, or "-" for the provider's own
   * @param properties system properties
   */
  record Launch(
      List<String> classPath, String provider, String uri, Map<String, String> properties) {}

  /** Its name in tables. */
  String name();

  /** The modes that it has. */
  List<Mode> modes();

  /**
   * A node of a cluster.
   *
   * @param number of the node, from 0
   * @param ports one for each node of the cluster, free on the loopback address
   * @param directory for files of this cluster
   */
  Launch launch(int number, List<Integer> ports, Path directory);

  /** Whether its libraries are there. */
  boolean available();
}
