package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportSettingsTest {

  private static TransportSettings settings(String cluster, int port, int range, String... seeds) {
    return TransportSettings.builder()
        .clusterName(cluster)
        .bindPort(port)
        .portRange(range)
        .discovery(new Discovery.Hosts(List.of(seeds)))
        .build();
  }

  @Test
  void goodSettingsAreTaken() {
    assertThat(settings("c", 7800, 10, "host.example[7800]", " 10.0.0.1[1] ").discovery())
        .isEqualTo(new Discovery.Hosts(List.of("host.example[7800]", " 10.0.0.1[1] ")));
  }

  @Test
  void aBadValueIsNamedWithWhatIsAllowed() {
    assertThatThrownBy(() -> settings(" ", 7800, 0)).hasMessageContaining("clusterName");
    assertThatThrownBy(() -> settings("c", 0, 0))
        .hasMessage("bindPort is 0: must be from 1 to 65535");
    assertThatThrownBy(() -> settings("c", 65535, 1))
        .hasMessage("portRange is 1: must be from 0 to 0");
    assertThatThrownBy(() -> TransportSettings.builder().queueBytesPerPeer(1 << 20).build())
        .hasMessageContaining("queueBytesPerPeer is 1048576");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:7800", "host[]", "host[0]", "host[65536]", "a b[1]"})
  void aBadSeedIsQuoted(String seed) {
    assertThatThrownBy(() -> settings("c", 7800, 0, seed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + seed + "'");
  }
}
