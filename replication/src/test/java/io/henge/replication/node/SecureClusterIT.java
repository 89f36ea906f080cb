package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.transport.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose members show certificates, and one that tries to join without. */
class SecureClusterIT {

  @TempDir private Path files;

  private static NodeSettings.Builder node(String name, Optional<TlsFiles> tls) {
    return NodeSettings.builder()
        .clusterName("secure")
        .nodeName(name)
        .bindPort(7860)
        .portRange(10)
        .partitions(16)
        .tls(tls);
  }

  private static Optional<TlsFiles> tls(TestAuthority authority, String name) throws IOException {
    TestAuthority.Issued issued = authority.issue(name);
    return Optional.of(
        new TlsFiles(issued.certificate(), issued.key(), authority.trust(), null, null, List.of()));
  }

  private static ReplicatedCache open(Engine node) {
    return node.openCache("things", CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  @Test
  void onlyBearersOfACertificateShareTheEntries() throws IOException {
    TestAuthority authority = TestAuthority.create(files, "authority");
    TestAuthority other = TestAuthority.create(files, "other");
    try (TestNodes nodes = new TestNodes("secure", 7860)) {
      Engine a = nodes.start(node("a", tls(authority, "a")).expectedSize(2).build());
      Engine b = nodes.start(node("b", tls(authority, "b")).expectedSize(2).build());
      open(a).put("k".getBytes(UTF_8), "v".getBytes(UTF_8));
      await().atMost(Duration.ofSeconds(30)).until(() -> b.state() == NodeState.RUNNING);
      assertThat(open(b).get("k".getBytes(UTF_8))).isEqualTo("v".getBytes(UTF_8));

      // Each would join the cluster that it finds, and founds one of its own if it finds none.
      Engine foreign =
          nodes.start(
              node("foreign", tls(other, "c")).bootstrap(NodeSettings.Bootstrap.SINGLE).build());
      Engine plain =
          nodes.start(
              node("plain", Optional.empty()).bootstrap(NodeSettings.Bootstrap.SINGLE).build());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> foreign.state() == NodeState.RUNNING && plain.state() == NodeState.RUNNING);
      assertThat(open(foreign).get("k".getBytes(UTF_8))).isNull();
      assertThat(open(plain).get("k".getBytes(UTF_8))).isNull();
    }
  }
}
