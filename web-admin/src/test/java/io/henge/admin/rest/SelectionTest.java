package io.henge.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.fake.ScriptedCluster;
import io.henge.admin.member.OwnMember;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Selection selection = new Selection(new ClusterBeans(), new OwnMember());

  @Test
  void withoutANodeTheNextStepIsSaid() {
    assertThatThrownBy(() -> selection.bean(null))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("NO_NODE");
              assertThat(refused.problem().status()).isEqualTo(404);
            })
        .hasMessageContaining("Deploy one that has");
  }

  @Test
  void anUnknownNodeIsRefusedWithTheKnownOnes() throws Exception {
    ScriptedCluster cluster = new ScriptedCluster("orders", 8, 2, "a");
    cluster.register(server);
    try {
      assertThat(selection.bean(null).key()).isEqualTo("orders/a");
      assertThat(selection.bean("orders/a").key()).isEqualTo("orders/a");
      assertThatThrownBy(() -> selection.bean("orders/b")).hasMessageContaining("[orders/a]");
    } finally {
      cluster.unregister(server);
    }
  }
}
