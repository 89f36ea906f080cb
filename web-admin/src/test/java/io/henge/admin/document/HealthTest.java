package io.henge.admin.document;

import static io.henge.admin.document.Views.members;
import static io.henge.admin.document.Views.partition;
import static io.henge.admin.document.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.View;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final View IN_SYNC = view(1, 2, members(3), partition(0, 2, 0, 1));
  private static final View HEALING = view(1, 2, members(3), partition(0, 1, 0, 1));
  private static final View LOST = view(1, 2, members(3), partition(0, 0));

  private static Health health(String state, boolean quorate, View view) {
    Identity identity = new Identity("orders", "id", "node", "nodeId", state, "Why.", quorate, "1");
    return Health.of(identity, Counts.of(view), view);
  }

  private static String code(String state, boolean quorate, View view) {
    return health(state, quorate, view).code();
  }

  @Test
  void theWorstThatHoldsIsSaid() {
    assertThat(code("RUNNING", true, IN_SYNC)).isEqualTo("OK");
    assertThat(code("RUNNING", true, HEALING)).isEqualTo("HEALING");
    assertThat(code("RUNNING", true, LOST)).isEqualTo("UNAVAILABLE");
    assertThat(code("RUNNING", false, LOST)).isEqualTo("NO_QUORUM");
    assertThat(code("STARTING", false, view(-1, 1, members(0)))).isEqualTo("STARTING");
    assertThat(code("EXPELLED", false, IN_SYNC)).isEqualTo("STOPPED");
  }

  @Test
  void theSentenceIsTheNodesOwn() {
    assertThat(health("RUNNING", true, HEALING).sentence()).isEqualTo("Why.");
  }

  @Test
  void copiesThatNobodyCanHoldAreNotHealingButAskForMembers() {
    Health health = health("RUNNING", true, view(1, 3, members(2), partition(0, 2, 0, 1)));
    assertThat(health.code()).isEqualTo("FEW_MEMBERS");
    assertThat(health.sentence())
        .contains("3 copies are wanted and only 2 members hold data")
        .contains("Start more members");
    assertThat(code("RUNNING", true, view(1, 2, members(1), partition(0, 1, 0))))
        .isEqualTo("FEW_MEMBERS");
  }
}
