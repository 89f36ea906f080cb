package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joiners that are closed or die between their request and their welcome. */
class AbandonedJoinTest {

  private final ControlNetwork network = new ControlNetwork(1);
  private ControlNode first;
  private ControlNode joiner;

  @BeforeEach
  void aJoinerIsAdmittedAndDoesNotKnowIt() {
    first = network.start("a", AUTO);
    assertThat(network.runUntil(first.plane::leading, 5_000)).isTrue();
    joiner = network.start("b", AUTO);
    assertThat(network.runUntil(() -> first.stateOf(joiner) == MemberState.JOINING, 5_000))
        .isTrue();
    assertThat(joiner.state()).isNull();
  }

  @Test
  void aJoinerThatIsClosedSaysGoodbyeAndIsLetGoAtOnce() {
    joiner.plane.leave(joiner.clock());

    assertThat(network.runUntil(() -> joiner.expelled != null, 200)).isTrue();
    assertThat(first.stateOf(joiner)).isNull();
    assertThat(joiner.saw(ControlEvent.Kind.LEFT)).isTrue();
    assertThat(joiner.saw(ControlEvent.Kind.EXPELLED)).isFalse();
    network.run(2_000);
    assertThat(first.stateOf(joiner)).isNull();
  }

  @Test
  void aJoinerThatIsClosedIsNoMemberWhateverItStillHears() {
    joiner.plane.leave(joiner.clock());
    joiner.plane.onMessage(first.id(), new ControlMessage.Welcome(first.state()), joiner.clock());

    assertThat(joiner.state()).isNull();
    assertThat(joiner.holdsLease()).isFalse();
  }

  @Test
  void aJoinerThatDiedHoldsUpADrainNoLongerThanItsSilenceIsDoubted() {
    joiner.alive = false;
    first.plane.drain(first.clock());

    assertThat(network.runUntil(first.plane::handedOver, 1_200)).isTrue();
    assertThat(first.decided).noneMatch(command -> command instanceof Command.Suspend);
  }

  @Test
  void aJoinerWhoseConnectionBreaksIsLetGoAfterTheProbe() {
    network.crash(joiner);

    assertThat(network.runUntil(() -> first.stateOf(joiner) == null, 300)).isTrue();
  }

  @Test
  void aJoinerThatGoesOnAskingIsNotGivenUp() {
    network.cutOneWay(first, joiner);
    network.run(1_300);
    assertThat(first.stateOf(joiner)).isEqualTo(MemberState.JOINING);

    network.heal();

    assertThat(network.runUntil(() -> first.stateOf(joiner) == MemberState.ACTIVE, 1_000)).isTrue();
  }

  @Test
  void aJoinerThatNeverAskedEndsAtOnce() {
    ControlNode lonely = new ControlNetwork(2).start("c", NodeBootstrap.VOTERS, "x[1]", "y[1]");
    lonely.network.run(300);

    lonely.plane.leave(lonely.clock());

    assertThat(lonely.expelled).isNotNull();
    assertThat(lonely.saw(ControlEvent.Kind.LEFT)).isTrue();
  }

  @Test
  void aRequestThatComesAfterTheGoodbyeAdmitsNobody() {
    joiner.plane.leave(joiner.clock());
    ControlNode late = network.start("c", AUTO);
    first.plane.onMessage(
        late.id(), new ControlMessage.Leave(first.state().clusterId()), first.clock());

    first.plane.onMessage(
        late.id(),
        new ControlMessage.JoinRequest(first.state().clusterId(), late.member),
        first.clock());

    network.run(1_000);
    assertThat(first.decided)
        .noneMatch(
            command ->
                command instanceof Command.AddMember add && add.member().id().equals(late.id()));
  }
}
