package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** An operator asks for another leader (PROTOCOL 4.1). */
class HandingOverTest {

  private static final int SOON = 80;

  private final ControlNetwork network = new ControlNetwork(1);
  private final List<ControlNode> nodes = network.startThreeVoters();

  @Test
  void anotherOneLeadsAtOnceAndNobodyLosesItsLease() {
    ControlNode old = leader();
    ControlNode asker = nodes.stream().filter(node -> node != old).findFirst().orElseThrow();

    asker.plane.stepDown(old.id(), asker.clock());

    boolean[] allHeld = {true};
    assertThat(
            network.runUntil(
                () -> {
                  allHeld[0] &= nodes.stream().allMatch(ControlNode::holdsLease);
                  return leader() != null && leader() != old;
                },
                SOON))
        .isTrue();
    assertThat(allHeld[0]).isTrue();
    await(() -> nodes.stream().allMatch(node -> leader().id().equals(node.plane.leader())));
    assertThat(nodes).allMatch(node -> node.state().members().size() == 3);
  }

  @Test
  void theLeaderItselfCanBeAsked() {
    ControlNode old = leader();
    old.plane.stepDown(old.id(), old.clock());
    assertThat(network.runUntil(() -> leader() != null && leader() != old, SOON)).isTrue();
  }

  @Test
  void aRequestThatMeansAnEarlierLeaderOrItsBallotDoesNothing() {
    ControlNode old = leader();
    MemberId cluster = old.state().clusterId();
    old.plane.stepDown(old.id(), old.clock());
    await(() -> leader() != null && leader() != old);
    ControlNode leader = leader();
    network.run(100);

    old.plane.stepDown(old.id(), old.clock());
    network.send(
        old.id(), leader.id(), new ControlMessage.StepDown(cluster, new Ballot(1, old.id())));
    network.run(2_000);

    assertThat(leader()).isSameAs(leader);
  }

  @Test
  void onlyActiveVotersAreSuccessors() {
    ControlNode leader = leader();
    ControlNode asker = nodes.stream().filter(node -> node != leader).findFirst().orElseThrow();
    ControlNode drains =
        nodes.stream().filter(node -> node != leader && node != asker).findFirst().orElseThrow();
    asker.propose(new Command.Drain(drains.id()));
    await(() -> asker.stateOf(drains) == MemberState.DRAINING);

    assertThat(asker.state().successorsOf(leader.id())).containsExactly(asker.id());
    asker.plane.stepDown(leader.id(), asker.clock());
    await(asker.plane::leading);
  }

  private ControlNode leader() {
    return nodes.stream().filter(node -> node.plane.leading()).findFirst().orElse(null);
  }

  private void await(BooleanSupplier condition) {
    assertThat(network.runUntil(condition, 15_000)).isTrue();
  }
}
