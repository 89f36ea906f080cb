package io.henge.replication.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** Where members of one user on one machine keep their lock files by default. */
final class RunDirectory {

  private RunDirectory() {}

  /** A directory in the machine's, not in a server's own, temporary directory. */
  static Path byDefault(String clusterName) {
    Path shared = Path.of("/tmp");
    Path base = shared.toFile().isDirectory() ? shared : Path.of(System.getProperty("user.home"));
    String user = System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_");
    String cluster = HexFormat.of().formatHex(clusterName.getBytes(StandardCharsets.UTF_8));
    return base.resolve("henge-" + user)
        .resolve(cluster.length() <= 100 ? cluster : cluster.substring(0, 100));
  }
}
