package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where replicas are moved only to make the load even, and where they are not. */
class RebalancingTest {

  private static final int COPIES = 2;

  private final ControlNetwork network = new ControlNetwork(1);

  @Test
  void whilePausedANewMemberGetsNothingAndAfterwardsItsShare() {
    List<ControlNode> nodes = start(2);
    ControlNode one = nodes.get(0);
    pause(one, true);

    ControlNode late = network.start("late", AUTO);
    await(() -> one.stateOf(late) == MemberState.ACTIVE);
    network.run(3_000);
    assertThat(held(one, late)).isZero();

    pause(one, false);
    await(() -> held(one, late) >= ControlNetwork.PARTITIONS * COPIES / 3);
  }

  @Test
  void whilePausedMissingCopiesAreMadeAndDrainsGoOn() {
    List<ControlNode> nodes = start(4);
    ControlNode one = nodes.get(0);
    pause(one, true);
    ControlNode dead = nodes.get(3);
    network.crash(dead);
    network.alive().forEach(node -> node.hint(new Hint.ProvenDead(dead.id(), "test")));
    await(() -> one.stateOf(dead) == null && inSync(one, COPIES));

    ControlNode drained = nodes.get(2);
    one.propose(new Command.Drain(drained.id()));
    await(() -> held(one, drained) == 0 && inSync(one, COPIES));
  }

  @Test
  void whoWeighsMoreGetsMore() {
    List<ControlNode> nodes = start(3);
    ControlNode one = nodes.get(0);
    await(() -> held(one, one) <= 6);

    one.propose(new Command.SetWeight(one.id(), 100));

    await(() -> held(one, one) == ControlNetwork.PARTITIONS && inSync(one, COPIES));
  }

  @Test
  void aPrimaryThatAnOperatorMovesStaysThereUntilTheMembersChange() {
    List<ControlNode> nodes = start(3);
    ControlNode one = nodes.get(0);
    PartitionAssignment before = one.state().partition(0);
    MemberId target = before.inSync().get(1);

    one.propose(new Command.TransferPrimary(0, before.epoch(), target));
    await(() -> one.state().partition(0).primary().equals(target));
    network.run(5_000);

    assertThat(one.state().partition(0).primary()).isEqualTo(target);
    network.start("late", AUTO);
    await(() -> isEven(one) && inSync(one, COPIES));
  }

  /** Each leads as many partitions as its share, rounded up or down. */
  private static boolean isEven(ControlNode node) {
    ClusterState state = node.state();
    return state.members().size() == 4
        && state.members().keySet().stream()
            .allMatch(
                member ->
                    IntStream.range(0, state.partitionCount())
                            .filter(number -> member.equals(state.partition(number).primary()))
                            .count()
                        == ControlNetwork.PARTITIONS / 4);
  }

  private void pause(ControlNode node, boolean paused) {
    node.propose(new Command.PauseRebalancing(paused));
    await(() -> node.state().rebalancingPaused() == paused);
  }

  private List<ControlNode> start(int count) {
    List<ControlNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(network.start(Character.toString('a' + i), AUTO));
    }
    await(() -> ControlPlaneTest.isWhole(nodes));
    Command create = new Command.CreateCache("books", COPIES, new TreeMap<>());
    await(
        () -> {
          if (nodes.get(0).state().cache("books") == null) {
            nodes.get(0).propose(create);
          }
          return nodes.stream().allMatch(node -> node.state().cache("books") != null);
        });
    await(() -> inSync(nodes.get(0), COPIES));
    return nodes;
  }

  private static boolean inSync(ControlNode node, int copies) {
    ClusterState state = node.state();
    return IntStream.range(0, state.partitionCount())
        .allMatch(
            number ->
                state.partition(number).inSync().size() == copies
                    && state.partition(number).learners().isEmpty());
  }

  private static long held(ControlNode observer, ControlNode member) {
    ClusterState state = observer.state();
    return IntStream.range(0, state.partitionCount())
        .filter(number -> state.partition(number).holds(member.id()))
        .count();
  }

  private void await(BooleanSupplier condition) {
    assertThat(network.runUntil(condition, 15_000)).isTrue();
  }
}
