package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members that leave as planned, and those that are expected back (PROTOCOL 4.9, 4.13). */
class DrainTest {

  private final ControlNetwork network = new ControlNetwork(1);

  @Test
  void aDrainedMemberHandsOverItsCopiesAndItsSeatBeforeItGoes() {
    List<ControlNode> nodes = start(4, 2);
    ControlNode leader = leader(nodes);
    ControlNode other = nodes.stream().filter(node -> node != leader).findFirst().orElseThrow();

    leave(leader);
    leave(other);

    List<ControlNode> rest = network.alive();
    assertThat(rest).hasSize(2);
    assertThat(copies(rest.get(0))).allMatch(count -> count == 2);
  }

  private void leave(ControlNode node) {
    node.plane.drain(node.clock());
    await(node.plane::handedOver);
    Handover left = Handover.of(node.state(), node.id());
    assertThat(left.copies()).isZero();
    assertThat(left.voter()).isFalse();
    assertThat(copies(node)).allMatch(count -> count == 2);
    assertThat(node.holdsLease()).isTrue();

    node.plane.leave(node.clock());

    assertThat(node.holdsLease()).isFalse();
    await(() -> node.expelled != null);
    node.alive = false;
    await(() -> network.alive().stream().allMatch(each -> each.stateOf(node) == null));
  }

  @Test
  void twoOfThreeVotersLeaveTogetherAndTheThirdGoesOnAlone() {
    List<ControlNode> nodes = start(3, 2);

    leaveTogether(nodes.get(0), nodes.get(1));

    assertThat(nodes.get(2).state().voters()).containsExactly(nodes.get(2).id());
    assertThat(copies(nodes.get(2))).allMatch(count -> count == 1);
  }

  @Test
  void ofTwoVotersTheOneThatStaysKnowsThatItIsAloneBeforeTheOtherGoes() {
    List<ControlNode> nodes = start(3, 2);
    ControlNode leader = leader(nodes);
    List<ControlNode> others = nodes.stream().filter(node -> node != leader).toList();
    others.get(0).plane.drain(others.get(0).clock());
    await(others.get(0).plane::handedOver);
    assertThat(leader.state().voters()).hasSize(2);
    leader.plane.drain(leader.clock());

    await(() -> !leader.state().votes(leader.id()));

    ControlNode last = others.get(1);
    assertThat(last.plane.leading()).isTrue();
    assertThat(last.state().votes(leader.id())).isFalse();
  }

  @Test
  void twoOfThreeVotersLeaveTogetherAndASpareTakesPart() {
    List<ControlNode> nodes = start(4, 2);
    List<ControlNode> voters =
        nodes.stream().filter(node -> node.state().votes(node.id())).toList();

    leaveTogether(voters.get(0), voters.get(1));

    assertThat(network.alive()).hasSize(2).contains(voters.get(2));
    assertThat(copies(voters.get(2))).allMatch(count -> count == 2);
  }

  @Test
  void aSeatIsNotTakenWhileTheOthersCouldNotDecideWithoutIt() {
    List<ControlNode> nodes = start(3, 2);
    ControlNode leader = leader(nodes);
    List<ControlNode> others = nodes.stream().filter(node -> node != leader).toList();
    ControlNode drains = others.get(0);
    for (ControlNode node : nodes) {
      network.cut(node, others.get(1));
    }
    network.run(600); // it is silent for too long to count on, and not suspended yet
    drains.plane.drain(drains.clock());

    network.run(200);

    assertThat(leader.stateOf(others.get(1))).isEqualTo(MemberState.ACTIVE);

    assertThat(leader.stateOf(drains)).isEqualTo(MemberState.DRAINING);
    assertThat(leader.state().votes(drains.id())).isTrue();
  }

  private void leaveTogether(ControlNode one, ControlNode other) {
    one.plane.drain(one.clock());
    other.plane.drain(other.clock());
    await(() -> one.plane.handedOver() && other.plane.handedOver());
    for (ControlNode each : List.of(one, other)) {
      assertThat(Handover.of(each.state(), each.id()).copies()).isZero();
      assertThat(each.state().votes(each.id())).isFalse();
      each.plane.leave(each.clock());
    }
    await(() -> one.expelled != null && other.expelled != null);
    one.alive = false;
    other.alive = false;
    await(
        () ->
            network.alive().stream()
                .allMatch(each -> each.state().members().size() == network.alive().size()));
  }

  @Test
  void ofTwoMembersOneGoesWithoutAnyCopying() {
    List<ControlNode> nodes = start(2, 2);
    ControlNode goes = nodes.get(0);
    goes.decided.clear();

    goes.plane.drain(goes.clock());

    await(goes.plane::handedOver);
    assertThat(goes.decided).noneMatch(command -> command instanceof Command.AddLearner);
    assertThat(Handover.of(goes.state(), goes.id()).copies()).isZero();
  }

  @Test
  void theLastMemberNeedNotWaitForAnybody() {
    ControlNode last = start(1, 2).get(0);

    last.plane.drain(last.clock());

    assertThat(network.runUntil(last.plane::handedOver, 100)).isTrue();
    assertThat(Handover.of(last.state(), last.id()).sole()).isEqualTo(ControlNetwork.PARTITIONS);
  }

  @Test
  void aMemberThatStaysAfterAllGetsItsShareAgain() {
    List<ControlNode> nodes = start(3, 2);
    ControlNode one = nodes.get(0);
    ControlNode other = nodes.get(1);
    other.propose(new Command.Drain(one.id()));
    await(() -> Handover.of(other.state(), one.id()).copies() == 0);

    other.propose(new Command.Undrain(one.id()));

    await(() -> Handover.of(other.state(), one.id()).copies() >= ControlNetwork.PARTITIONS / 2);
  }

  @Test
  void aCopyThatIsWantedAgainIsNotLetGoThoughItsPrimaryWasAskedTo() {
    List<ControlNode> nodes = start(3, 2);
    ControlNode leader = leader(nodes);
    network.run(2_000);
    PartitionAssignment partition = leader.state().partition(0);
    MemberId backup = partition.inSync().get(1);

    leader.propose(new Command.ShrinkInSync(0, partition.epoch(), backup, false));
    network.run(2_000);

    assertThat(leader.state().partition(0)).isEqualTo(partition);
  }

  @Test
  void copiesOfADeadMemberWaitForItsReturnAndAreTakenBack() {
    network.limits = new MoveLimits(4, 2, 60_000 * ControlNetwork.MILLISECOND);
    List<ControlNode> nodes = start(4, 3);
    ControlNode dead = nodes.get(3);
    Set<Integer> held = held(dead.state(), dead.id());
    ControlNode observer = nodes.get(0);
    kill(dead, observer);
    observer.decided.clear();

    network.run(3_000);
    assertThat(observer.decided).noneMatch(command -> command instanceof Command.AddLearner);

    ControlNode again = network.start("d", 9_000, AUTO);
    await(() -> again.state() != null && copies(again).stream().allMatch(count -> count == 3));
    assertThat(held(again.state(), again.id())).isEqualTo(held);
  }

  @Test
  void copiesOfADeadMemberAreMadeAgainElsewhereWhenItsTimeIsOver() {
    network.limits = new MoveLimits(4, 2, 2_000 * ControlNetwork.MILLISECOND);
    List<ControlNode> nodes = start(4, 3);
    ControlNode dead = nodes.get(3);
    kill(dead, nodes.get(0));
    assertThat(copies(nodes.get(0))).contains(2);

    await(() -> copies(nodes.get(0)).stream().allMatch(count -> count == 3));
  }

  @Test
  void aPartitionWithASingleCopyDoesNotWait() {
    network.limits = new MoveLimits(4, 2, 60_000 * ControlNetwork.MILLISECOND);
    List<ControlNode> nodes = start(4, 2);
    ControlNode dead = nodes.get(3);
    kill(dead, nodes.get(0));

    await(() -> copies(nodes.get(0)).stream().allMatch(count -> count == 2));
  }

  @Test
  void aServerThatCameBackIsNotExpectedBackOnceMoreWhenItLeaves() {
    network.limits = new MoveLimits(4, 2, 60_000 * ControlNetwork.MILLISECOND);
    List<ControlNode> nodes = start(3, 3);
    ControlNode dead = nodes.get(2);
    kill(dead, nodes.get(0));
    ControlNode again = network.start("c", 9_000, AUTO);
    await(() -> again.state() != null && copies(again).stream().allMatch(count -> count == 3));

    for (ControlNode goes : List.of(again, nodes.get(1))) {
      goes.plane.drain(goes.clock());
      await(goes.plane::handedOver);
      goes.plane.leave(goes.clock());
      await(() -> goes.expelled != null);
      goes.alive = false;
      await(() -> network.alive().stream().allMatch(each -> each.stateOf(goes) == null));
    }

    assertThat(copies(nodes.get(0))).allMatch(count -> count == 1);
  }

  private List<ControlNode> start(int count, int copies) {
    List<ControlNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(network.start(Character.toString('a' + i), AUTO));
    }
    await(() -> ControlPlaneTest.isWhole(nodes));
    Command create = new Command.CreateCache("books", copies, new TreeMap<>());
    await(
        () -> {
          if (nodes.get(0).state().cache("books") == null) {
            nodes.get(0).propose(create);
          }
          return nodes.stream().allMatch(node -> node.state().cache("books") != null);
        });
    int wanted = Math.min(count, copies);
    await(() -> copies(nodes.get(0)).stream().allMatch(each -> each == wanted));
    await(() -> nodes.get(0).state().voters().size() >= Math.min(3, count) - (count == 2 ? 1 : 0));
    return nodes;
  }

  private static ControlNode leader(List<ControlNode> nodes) {
    return nodes.stream().filter(node -> node.plane.leading()).findFirst().orElseThrow();
  }

  private static List<Integer> copies(ControlNode node) {
    ClusterState state = node.state();
    return IntStream.range(0, state.partitionCount())
        .mapToObj(number -> state.partition(number).inSync().size())
        .toList();
  }

  private static Set<Integer> held(ClusterState state, MemberId member) {
    Set<Integer> held = new TreeSet<>();
    for (int number = 0; number < state.partitionCount(); number++) {
      if (state.partition(number).inSync().contains(member)) {
        held.add(number);
      }
    }
    return held;
  }

  /** The member dies, and the others know that at once. */
  private void kill(ControlNode dead, ControlNode observer) {
    network.crash(dead);
    network.alive().forEach(node -> node.hint(new Hint.ProvenDead(dead.id(), "test")));
    await(() -> observer.stateOf(dead) == null);
  }

  private void await(BooleanSupplier condition) {
    assertThat(network.runUntil(condition, 15_000)).isTrue();
  }
}
