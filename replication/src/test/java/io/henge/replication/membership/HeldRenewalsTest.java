package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A drill: a member that renews its lease no more for a while. */
class HeldRenewalsTest {

  private static final long SECOND = 1_000 * ControlNetwork.MILLISECOND;

  private final ControlNetwork network = new ControlNetwork(1);
  private final List<ControlNode> nodes = network.startThreeVoters();

  @Test
  void itHasNoLeaseIsSuspendedAndComesBackThoughWhoAskedIsGone() {
    ControlNode asker = network.start("d", AUTO); // without a vote, so nobody else misses it
    ControlNode held = other(leader());
    await(() -> leader().stateOf(asker) == MemberState.ACTIVE);
    network.run(500);

    asker.plane.holdRenewals(held.id(), 2 * SECOND, asker.clock());
    network.run(20);
    network.crash(asker);
    network.run(400);
    assertThat(held.holdsLease()).isFalse();
    assertThat(held.saw(ControlEvent.Kind.DRILL)).isTrue();
    await(() -> leader().stateOf(held) == MemberState.SUSPENDED);

    network.run(2_000);
    assertThat(leader().stateOf(held)).isEqualTo(MemberState.ACTIVE);
    assertThat(held.holdsLease()).isTrue();
    assertThat(held.expelled).isNull();
  }

  @Test
  void theLeaderCanSufferIt() {
    ControlNode held = leader();
    held.plane.holdRenewals(held.id(), 2 * SECOND, held.clock());
    await(() -> other(held).stateOf(held) == MemberState.SUSPENDED);
    await(() -> other(held).stateOf(held) == MemberState.ACTIVE && held.holdsLease());
  }

  @Test
  void itEndsAfterAMinuteHoweverLongWasAsked() {
    ControlNode sole = new ControlNetwork(2).start("sole", AUTO);
    assertThat(sole.network.runUntil(sole::holdsLease, 15_000)).isTrue();

    sole.plane.holdRenewals(sole.id(), Long.MAX_VALUE, sole.clock());
    sole.network.run(59_000);
    assertThat(sole.holdsLease()).isFalse();
    sole.network.run(2_000);
    assertThat(sole.holdsLease()).isTrue();
  }

  private ControlNode leader() {
    return nodes.stream().filter(node -> node.plane.leading()).findFirst().orElseThrow();
  }

  private ControlNode other(ControlNode one) {
    return nodes.stream().filter(node -> node != one).findFirst().orElseThrow();
  }

  private void await(BooleanSupplier condition) {
    assertThat(network.runUntil(condition, 15_000)).isTrue();
  }
}
