package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static io.henge.replication.membership.NodeBootstrap.SINGLE;
import static io.henge.replication.membership.NodeBootstrap.VOTERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

  private final ControlNetwork network = new ControlNetwork(1);

  @Test
  void aMemberThatFindsNobodyFoundsAlone() {
    ControlNode a = network.start("a", AUTO);

    assertThat(network.runUntil(a::holdsLease, 2_000)).isTrue();
    assertThat(a.state().voters()).containsExactly(a.id());
    assertThat(a.plane.leading()).isTrue();
  }

  @Test
  void membersThatStartTogetherFoundOneCluster() {
    List<ControlNode> nodes =
        List.of(network.start("a", AUTO), network.start("b", AUTO), network.start("c", AUTO));

    assertThat(network.runUntil(() -> isWhole(nodes) && votersOf(nodes) == 3, 5_000)).isTrue();
  }

  /** The transport listens, and tells of peers, before the plane starts; it tells only once. */
  @Test
  void membersThatSawEachOtherBeforeTheyStartedFoundOneCluster() {
    ControlNode a = new ControlNode(network, "a", 7800, MemberRole.DATA, AUTO, List.of(), null);
    ControlNode b = new ControlNode(network, "b", 7801, MemberRole.DATA, AUTO, List.of(), null);
    network.nodes.addAll(List.of(a, b));
    a.hint(new Hint.PeerAppeared(b.id()));
    b.hint(new Hint.PeerAppeared(a.id()));

    a.start();
    b.start();

    assertThat(network.runUntil(() -> isWhole(List.of(a, b)), 5_000)).isTrue();
  }

  @Test
  void theListedHostsFoundTogetherWhenAllOfThemAnswer() {
    String[] hosts = {"10.0.0.1[7800]", "10.0.0.1[7801]", "10.0.0.1[7802]"};
    ControlNode a = network.start("a", VOTERS, hosts);
    ControlNode b = network.start("b", VOTERS, hosts);
    network.run(6_000);
    assertThat(a.state()).isNull();
    assertThat(a.saw(ControlEvent.Kind.WAITING)).isTrue();

    ControlNode c = network.start("c", VOTERS, hosts);

    assertThat(network.runUntil(() -> isWhole(List.of(a, b, c)), 3_000)).isTrue();
    assertThat(a.state().voters()).hasSize(3);
    assertThat(a.state().foundedBy()).isEqualTo(VOTERS);
  }

  @Test
  void aRestartedFounderThatFindsNobodyWaits() {
    String[] hosts = {"10.0.0.1[7800]", "10.0.0.1[7801]", "10.0.0.1[7802]"};
    List<ControlNode> nodes = startThree(VOTERS, hosts);
    network.crash(nodes.get(2));
    ControlNode again = network.start("c", 7802, VOTERS, hosts);
    network.cut(again, nodes.get(0));
    network.cut(again, nodes.get(1));

    network.run(6_000);
    assertThat(again.state()).isNull();
    assertThat(again.saw(ControlEvent.Kind.WAITING)).isTrue();

    network.heal();
    assertThat(network.runUntil(() -> isWhole(List.of(nodes.get(0), nodes.get(1), again)), 5_000))
        .isTrue();
  }

  @Test
  void aCacheIsMadeWithItsGroup() {
    List<ControlNode> nodes = startThree(AUTO);

    createCache(nodes, 2);

    ClusterState state = nodes.get(0).state();
    assertThat(state.cache("books")).isNotNull();
    assertThat(state.groups()).hasSize(1);
    for (PartitionAssignment partition : state.groups().get(0).partitions()) {
      assertThat(partition.inSync()).hasSize(2);
    }
  }

  @Test
  void aCrashedMemberIsSuspendedAndItsPartitionsFailOver() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    ControlNode victim = follower(nodes);
    network.crash(victim);
    List<ControlNode> rest = network.alive();

    assertThat(
            network.runUntil(
                () -> rest.stream().allMatch(n -> n.stateOf(victim) == MemberState.SUSPENDED), 300))
        .isTrue();
    assertThat(inSyncOf(rest.get(0), victim)).isZero();
    assertThat(network.runUntil(() -> rest.get(0).stateOf(victim) == null, 6_000)).isTrue();
    assertThat(network.runUntil(() -> isFull(rest, 2), 3_000)).isTrue();
  }

  @Test
  void aProvenDeathRemovesAtOnceAndWithoutRevocation() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    nodes.forEach(node -> node.witness = true);
    ControlNode victim = follower(nodes);
    network.crash(victim);
    List<ControlNode> rest = network.alive();

    assertThat(network.runUntil(() -> rest.get(0).stateOf(victim) == null, 150)).isTrue();
    for (PartitionAssignment partition : rest.get(0).state().groups().get(0).partitions()) {
      assertThat(partition.revoked()).doesNotContainKey(victim.id());
    }
  }

  @Test
  void aProcessThatRestartsAtItsAddressReplacesItsFormerSelfAtOnce() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    ControlNode victim = follower(nodes);
    network.crash(victim);
    network.run(500);
    ControlNode again = network.start(victim.member.name(), victim.member.port(), AUTO);
    List<ControlNode> now = network.alive();

    assertThat(
            network.runUntil(
                () ->
                    isWhole(now)
                        && isFull(now, 2)
                        && again.state().voters().contains(again.id())
                        && votersOf(now) == 3,
                2_000))
        .isTrue();
    assertThat(again.stateOf(victim)).isNull();
    assertThat(now.get(0).decided)
        .anyMatch(
            c ->
                c instanceof Command.RemoveMember remove
                    && remove.reason().cause() == Reason.Cause.REPLACED
                    && !remove.reason().proven());
  }

  @Test
  void theDeathOfTheLeaderIsNoticedByItsSuccessor() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    ControlNode leader = leader(nodes);
    network.crash(leader);
    List<ControlNode> rest = network.alive();

    assertThat(
            network.runUntil(
                () -> rest.stream().allMatch(n -> n.stateOf(leader) == MemberState.SUSPENDED), 700))
        .isTrue();
    assertThat(network.runUntil(() -> rest.stream().allMatch(ControlNode::holdsLease), 500))
        .isTrue();
  }

  @Test
  void aMemberWhoseConnectionBrokeButWhichAnswersIsNotSuspended() {
    List<ControlNode> nodes = startThree(AUTO);
    ControlNode innocent = follower(nodes);
    for (ControlNode node : nodes) {
      if (node != innocent) {
        node.hint(new Hint.ConnectionLost(innocent.id(), "reset by a firewall"));
      }
    }
    network.run(2_000);

    assertThat(leader(nodes).stateOf(innocent)).isEqualTo(MemberState.ACTIVE);
    assertThat(leader(nodes).decided).noneMatch(command -> command instanceof Command.Suspend);
  }

  @Test
  void aPausedMemberIsSuspendedAndResumedWhenItIsBack() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    ControlNode slow = follower(nodes);
    ControlNode leader = leader(nodes);
    slow.pause();
    assertThat(network.runUntil(() -> leader.stateOf(slow) == MemberState.SUSPENDED, 1_500))
        .isTrue();
    network.run(500);
    slow.resume();

    assertThat(network.runUntil(() -> isWhole(nodes) && isFull(nodes, 2), 2_000)).isTrue();
    assertThat(slow.expelled).isNull();
    assertThat(network.runUntil(slow::holdsLease, 500)).isTrue();
  }

  @Test
  void aMemberThatWasRemovedWhileItSleptIsExpelled() {
    List<ControlNode> nodes = startThree(AUTO);
    ControlNode slow = follower(nodes);
    slow.pause();
    network.run(8_000);
    assertThat(leader(nodes).stateOf(slow)).isNull();
    slow.resume();

    assertThat(network.runUntil(() -> slow.expelled != null, 1_000)).isTrue();
    assertThat(slow.holdsLease()).isFalse();
  }

  @Test
  void aLeaderThatWakesUpDoesNotCallTheOthersSilent() {
    List<ControlNode> nodes = startThree(AUTO);
    ControlNode leader = leader(nodes);
    leader.pause();
    network.run(700);
    leader.resume();
    network.run(2_000);

    for (ControlNode node : nodes) {
      assertThat(node.decided)
          .noneMatch(c -> c instanceof Command.Suspend s && !s.member().equals(leader.id()));
    }
    assertThat(isWhole(nodes)).isTrue();
  }

  @Test
  void aMinorityHoldsNoLease() {
    List<ControlNode> nodes = startThree(AUTO);
    ControlNode alone = leader(nodes);
    for (ControlNode other : nodes) {
      if (other != alone) {
        network.cut(alone, other);
      }
    }
    network.run(400);
    assertThat(alone.holdsLease()).isFalse();
    network.run(2_000);
    assertThat(alone.holdsLease()).isFalse();
    assertThat(nodes.stream().filter(n -> n != alone)).allMatch(ControlNode::holdsLease);

    network.heal();
    assertThat(network.runUntil(() -> isWhole(nodes), 3_000)).isTrue();
  }

  @Test
  void aMemberLeavesWithoutABarrierAndHandsItsSeatOver() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    for (ControlNode leaving : List.of(leader(nodes), nodes.get(0), nodes.get(1), nodes.get(2))) {
      if (leaving.expelled != null || network.alive().size() == 1) {
        continue;
      }
      leaving.plane.leave(leaving.clock());
      assertThat(leaving.holdsLease()).isFalse();
      assertThat(network.runUntil(() -> leaving.expelled != null, 3_000))
          .as("%s of %s", leaving.member.name(), leaving.events)
          .isTrue();
      leaving.alive = false;
      List<ControlNode> rest = network.alive();
      assertThat(network.runUntil(() -> isWhole(rest), 3_000)).isTrue();
      assertThat(rest.get(0).decided)
          .anyMatch(
              c ->
                  c instanceof Command.RemoveMember remove
                      && remove.member().equals(leaving.id())
                      && remove.reason().proven());
    }
    assertThat(network.alive()).hasSize(1);
    assertThat(network.alive().get(0).holdsLease()).isTrue();
  }

  @Test
  void membersThatJoinGetTheirShareOfThePartitions() {
    ControlNode a = network.start("a", SINGLE);
    network.runUntil(a::holdsLease, 2_000);
    createCache(List.of(a), 2);
    ControlNode b = network.start("b", AUTO);
    ControlNode c = network.start("c", AUTO);
    List<ControlNode> nodes = List.of(a, b, c);

    assertThat(network.runUntil(() -> isWhole(nodes) && isFull(nodes, 2), 5_000)).isTrue();
    network.run(1_000);
    for (ControlNode node : nodes) {
      assertThat(inSyncOf(a, node)).isBetween(5, 6);
    }
  }

  @Test
  void fiveMembersGiveFiveVotersAndADeadOneIsReplaced() {
    List<ControlNode> nodes = startThree(AUTO);
    for (String name : List.of("d", "e", "f")) {
      network.start(name, AUTO);
    }
    assertThat(network.runUntil(() -> isWhole(network.nodes) && votersOf(nodes) == 5, 5_000))
        .isTrue();
    ControlNode leader = leader(network.nodes);
    ControlNode victim =
        network.nodes.stream()
            .filter(n -> n != leader && leader.state().voters().contains(n.id()))
            .findFirst()
            .orElseThrow();
    network.crash(victim);

    assertThat(
            network.runUntil(
                () ->
                    leader.state().voters().size() == 5
                        && !leader.state().voters().contains(victim.id()),
                10_000))
        .isTrue();
  }

  @Test
  void theLossOfASoleReplicaStartsThePartitionAgainEmpty() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 1);
    ControlNode victim = follower(nodes);
    assertThat(inSyncOf(victim, victim)).isPositive();
    network.crash(victim);
    List<ControlNode> rest = network.alive();

    network.run(2_000);
    assertThat(rest.get(0).stateOf(victim)).isEqualTo(MemberState.SUSPENDED);
    assertThat(inSyncOf(rest.get(0), victim)).isPositive();
    assertThat(network.runUntil(() -> isFull(rest, 1), 8_000)).isTrue();
    assertThat(leader(rest).decided).anyMatch(c -> c instanceof Command.ResetPartition);
  }

  @Test
  void aDrainedMemberHandsItsReplicasOver() {
    List<ControlNode> nodes = startThree(AUTO);
    createCache(nodes, 2);
    ControlNode drained = nodes.get(0);
    assertThat(inSyncOf(drained, drained)).isPositive();
    nodes.get(1).propose(new Command.Drain(drained.id()));

    assertThat(network.runUntil(() -> inSyncOf(nodes.get(1), drained) == 0, 3_000)).isTrue();
    assertThat(isFull(List.of(nodes.get(1), nodes.get(2)), 2)).isTrue();
    assertThat(drained.holdsLease()).isTrue();
  }

  @Test
  void aDivergedMemberStopsLoudly() {
    List<ControlNode> nodes = startThree(AUTO);
    ControlNode astray = follower(nodes);
    ClusterState state = astray.state();
    MemberId cluster = state.clusterId();
    for (ControlNode voter : nodes) {
      if (voter != astray) {
        astray.receive(
            voter.id(),
            new ControlMessage.RenewDiverged(
                cluster, voter.id(), 1, state.slot(), state.chain() + 1));
      }
    }
    assertThat(astray.expelled).contains("diverged");
    assertThat(astray.holdsLease()).isFalse();
    assertThat(astray.saw(ControlEvent.Kind.DIVERGED)).isTrue();
  }

  @Test
  void aForeignClusterNameIsRefused() {
    ControlNode a = network.start("a", AUTO);
    network.runUntil(a::holdsLease, 2_000);
    MemberId stranger = new MemberId(4, 4);
    a.receive(
        stranger,
        new ControlMessage.Hello("other", 1, States.member(stranger), AUTO, 0, null, null, false));
    assertThat(a.saw(ControlEvent.Kind.REFUSED)).isTrue();
  }

  @Test
  void theYoungerOfTwoAutoClustersGivesWay() {
    ControlNode a = network.start("a", AUTO);
    network.run(100);
    ControlNode b = network.start("b", AUTO);
    network.cut(a, b);
    network.run(2_000);
    assertThat(a.plane.leading()).isTrue();
    assertThat(b.plane.leading()).isTrue();

    network.heal();
    b.hint(new Hint.PeerAppeared(a.id()));

    assertThat(network.runUntil(() -> b.expelled != null, 2_000)).isTrue();
    assertThat(b.holdsLease()).isFalse();
    assertThat(a.expelled).isNull();
  }

  @Test
  void aClusterFoundedOnPurposeNeverGivesWay() {
    ControlNode a = network.start("a", SINGLE);
    ControlNode b = network.start("b", SINGLE);
    network.cut(a, b);
    network.run(2_000);
    network.heal();
    b.hint(new Hint.PeerAppeared(a.id()));
    network.run(2_000);

    assertThat(a.expelled).isNull();
    assertThat(b.expelled).isNull();
    assertThat(a.saw(ControlEvent.Kind.REFUSED)).isTrue();
  }

  private List<ControlNode> startThree(NodeBootstrap bootstrap, String... hosts) {
    List<ControlNode> nodes =
        List.of(
            network.start("a", bootstrap, hosts),
            network.start("b", bootstrap, hosts),
            network.start("c", bootstrap, hosts));
    assertThat(network.runUntil(() -> isWhole(nodes) && votersOf(nodes) == 3, 5_000)).isTrue();
    return nodes;
  }

  private void createCache(List<ControlNode> nodes, int copies) {
    Command create = new Command.CreateCache("books", copies, new TreeMap<>());
    for (int attempt = 0; attempt < 10; attempt++) {
      nodes.get(nodes.size() - 1).propose(create);
      if (network.runUntil(
          () -> nodes.stream().allMatch(n -> n.state().cache("books") != null), 200)) {
        return;
      }
    }
    assertThat(nodes.get(0).state().cache("books")).isNotNull();
  }

  static boolean isWhole(List<ControlNode> nodes) {
    Set<Long> slots = new HashSet<>();
    for (ControlNode node : nodes) {
      ClusterState state = node.state();
      if (state == null || state.members().size() < nodes.size() || !node.holdsLease()) {
        return false;
      }
      slots.add(state.slot());
      for (ControlNode other : nodes) {
        if (node.stateOf(other) != MemberState.ACTIVE) {
          return false;
        }
      }
    }
    return slots.size() == 1;
  }

  static boolean isFull(List<ControlNode> nodes, int copies) {
    Set<Object> ids = new HashSet<>(nodes.stream().map(ControlNode::id).toList());
    for (PartitionGroup group : nodes.get(0).state().groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        if (partition.inSync().size() != copies
            || !partition.learners().isEmpty()
            || !ids.containsAll(partition.inSync())) {
          return false;
        }
      }
    }
    return true;
  }

  static int inSyncOf(ControlNode observer, ControlNode holder) {
    int count = 0;
    for (PartitionGroup group : observer.state().groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        count += partition.inSync().contains(holder.id()) ? 1 : 0;
      }
    }
    return count;
  }

  static int votersOf(List<ControlNode> nodes) {
    return nodes.get(0).state().voters().size();
  }

  static ControlNode leader(List<ControlNode> nodes) {
    return nodes.stream().filter(n -> n.alive && n.plane.leading()).findFirst().orElseThrow();
  }

  static ControlNode follower(List<ControlNode> nodes) {
    return nodes.stream().filter(n -> n.alive && !n.plane.leading()).findFirst().orElseThrow();
  }
}
