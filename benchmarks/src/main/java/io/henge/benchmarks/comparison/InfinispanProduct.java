package io.henge.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Infinispan, embedded. Its default marshaller refuses entry processors, so Java serialization is
 * used; values are kept by reference, its default.
 */
final class InfinispanProduct implements Product {

  private final PeerFiles files;

  InfinispanProduct(PeerFiles files) {
    this.files = files;
  }

  @Override
  public String name() {
    return "Infinispan";
  }

  @Override
  public List<Mode> modes() {
    return List.of(Mode.values());
  }

  @Override
  public Launch launch(int number, List<Integer> ports, Path directory) {
    Map<String, String> properties =
        PeerFiles.cluster(number, ports, port -> "127.0.0.1[" + port + "]");
    return new Launch(
        files.classPath(),
        "org.infinispan.jcache.embedded.JCachingProvider",
        files.configuration("infinispan.xml", directory).toUri().toString(),
        properties);
  }

  @Override
  public boolean available() {
    return files.available();
  }
}
