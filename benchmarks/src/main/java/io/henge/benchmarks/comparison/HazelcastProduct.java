package io.henge.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Hazelcast, embedded. Its default eviction, which keeps about 10,000 entries, is raised; all else
 * is as it comes.
 */
final class HazelcastProduct implements Product {

  private final PeerFiles files;

  HazelcastProduct(PeerFiles files) {
    this.files = files;
  }

  @Override
  public String name() {
    return "Hazelcast";
  }

  @Override
  public List<Mode> modes() {
    return List.of(Mode.values());
  }

  @Override
  public Launch launch(int number, List<Integer> ports, Path directory) {
    Map<String, String> properties = PeerFiles.cluster(number, ports, port -> "127.0.0.1:" + port);
    Path configuration = files.configuration("hazelcast.xml", directory);
    properties.put("hazelcast.config", configuration.toString());
    properties.put("hazelcast.logging.type", "none");
    return new Launch(
        files.classPath(), "com.hazelcast.cache.HazelcastMemberCachingProvider", "-", properties);
  }

  @Override
  public boolean available() {
    return files.available();
  }
}
