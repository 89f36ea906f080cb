package io.henge.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Henge as it comes; only where the nodes are and how often an entry is kept is said. */
final class HengeProduct implements Product {

  private final List<String> classPath;
  private final Map<String, String> more;
  private final String name;

  /**
   * @param classPath of this program, which has Henge on it
   * @param more settings that differ from the defaults
   */
  HengeProduct(String name, List<String> classPath, Map<String, String> more) {
    this.name = name;
    this.classPath = classPath;
    this.more = Map.copyOf(more);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Mode> modes() {
    return List.of(Mode.values());
  }

  @Override
  public Launch launch(int number, List<Integer> ports, Path directory) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("henge.cluster.name", "benchmark-" + ports.get(0));
    properties.put("henge.node.name", "node-" + number);
    properties.put("henge.transport.bind-port", Integer.toString(ports.get(number)));
    properties.put("henge.transport.port-range", "0");
    properties.put(
        "henge.discovery",
        ports.stream()
            .map(port -> "127.0.0.1[" + port + "]")
            .collect(Collectors.joining(",", "static://", "")));
    properties.put("henge.cache.all.backups", "all");
    properties.put("henge.cache.async.mode", "async");
    properties.putAll(more);
    return new Launch(classPath, "io.henge.jcache.HengeCachingProvider", "-", properties);
  }

  @Override
  public boolean available() {
    return true;
  }
}
