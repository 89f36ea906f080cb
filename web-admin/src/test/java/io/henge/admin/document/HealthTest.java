package io.henge.admin.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Identity;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static String code(String state, boolean quorate, Counts counts) {
    Identity identity = new Identity("orders", "id", "node", "nodeId", state, "Why.", quorate, "1");
    Health health = Health.of(identity, counts);
    assertThat(health.sentence()).isEqualTo("Why.");
    return health.code();
  }

  @Test
  void theWorstThatHoldsIsSaid() {
    assertThat(code("RUNNING", true, new Counts(3, 9, 9, 0, 0, 0, 0))).isEqualTo("OK");
    assertThat(code("RUNNING", true, new Counts(3, 9, 8, 1, 0, 0, 0))).isEqualTo("HEALING");
    assertThat(code("RUNNING", true, new Counts(2, 9, 0, 0, 0, 9, 0))).isEqualTo("HEALING");
    assertThat(code("RUNNING", true, new Counts(1, 9, 0, 0, 0, 9, 0))).isEqualTo("ONE_COPY");
    assertThat(code("RUNNING", true, new Counts(3, 9, 8, 0, 0, 0, 1))).isEqualTo("UNAVAILABLE");
    assertThat(code("RUNNING", false, new Counts(3, 9, 8, 0, 0, 0, 1))).isEqualTo("NO_QUORUM");
    assertThat(code("STARTING", false, new Counts(0, 0, 0, 0, 0, 0, 0))).isEqualTo("STARTING");
    assertThat(code("EXPELLED", false, new Counts(3, 9, 9, 0, 0, 0, 0))).isEqualTo("STOPPED");
  }
}
