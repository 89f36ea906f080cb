package io.henge.replication.consensus;

import static io.henge.replication.consensus.Scenario.await;
import static io.henge.replication.consensus.Scenario.cut;
import static io.henge.replication.consensus.Scenario.elected;
import static io.henge.replication.consensus.Scenario.leader;
import static io.henge.replication.consensus.Scenario.others;
import static io.henge.replication.consensus.SimulatedCluster.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who leads, situation by situation, each under several seeds. All times are virtual. */
class PaxosElectionScenarioTest {

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderWhoseConnectionsBreakIsReplacedSoon(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember old = leader(cluster);
    old.kill();
    long since = cluster.now();
    others(cluster, old).forEach(member -> member.hint(old.id()));

    await(cluster, 150, () -> others(cluster, old).stream().anyMatch(m -> m.replica().leading()));

    assertThat(cluster.now() - since).isLessThanOrEqualTo(150 * MILLISECOND);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderThatFallsSilentIsReplacedAfterTheElectionTimeout(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember old = leader(cluster);
    old.pause();

    await(cluster, 650, () -> others(cluster, old).stream().anyMatch(m -> m.replica().leading()));

    old.resume();
    await(cluster, 100, () -> !old.replica().leading());
    assertThat(leader(cluster)).isNotSameAs(old);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderStaysWhenAllMembersStoodStillTogether(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember leader = leader(cluster);
    Ballot ballot = leader.replica().ballot();
    for (int i = 0; i < 5; i++) {
      cluster.members().forEach(SimulatedMember::pause);
      cluster.run(1_000 * MILLISECOND);
      cluster.members().forEach(SimulatedMember::resume);
      cluster.run(100 * MILLISECOND);
    }

    assertThat(leader.replica().leading()).isTrue();
    assertThat(leader.replica().ballot()).isEqualTo(ballot);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void leadersLastAlthoughMessagesTakeLongerThanTheElectionTimeout(long seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 5, Variant.PRODUCTION);
    cluster.inflict(slow(700));
    cluster.run(20_000 * MILLISECOND);
    long before = cluster.checker().lastApplied();
    for (long mark = 0; mark < 20; mark++) {
      byte[] command = TestCommand.mark(mark);
      cluster.members().forEach(member -> member.propose(command));
      cluster.run(1_000 * MILLISECOND);
    }

    assertThat(cluster.checker().lastApplied() - before).isGreaterThanOrEqualTo(10);
  }

  /** Messages take up to so many milliseconds, and nothing else is wrong. */
  private static Faults slow(long slowestMillis) {
    return new Faults(0, 0, 0, 1, slowestMillis, true, 0, false, 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHintThatLiesToOneFollowerUnseatsNobody(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember leader = leader(cluster);
    Ballot ballot = leader.replica().ballot();
    for (int i = 0; i < 50; i++) {
      others(cluster, leader).get(0).hint(leader.id());
      cluster.run(20 * MILLISECOND);
    }
    assertThat(leader.replica().leading()).isTrue();
    assertThat(leader.replica().ballot()).isEqualTo(ballot);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFollowerCutOffFromTheLeaderAloneUnseatsNobodyAndKeepsUp(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember leader = leader(cluster);
    SimulatedMember follower = others(cluster, leader).get(0);
    cut(cluster, leader, follower);
    cut(cluster, follower, leader);
    Ballot ballot = leader.replica().ballot();
    cluster.run(1_000 * MILLISECOND);

    leader.propose(TestCommand.mark(1));
    await(cluster, 500, () -> follower.machine().lastMark() == 1);

    assertThat(leader.replica().leading()).isTrue();
    assertThat(leader.replica().ballot()).isEqualTo(ballot);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFollowerThatComesBackFromIsolationUnseatsNobody(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember leader = leader(cluster);
    SimulatedMember isolated = others(cluster, leader).get(1);
    for (SimulatedMember other : cluster.members()) {
      cut(cluster, isolated, other);
      cut(cluster, other, isolated);
    }
    cluster.run(3_000 * MILLISECOND);
    Ballot ballot = leader.replica().ballot();
    cluster.healAllLinks();
    cluster.run(2_000 * MILLISECOND);

    assertThat(leader.replica().leading()).isTrue();
    assertThat(leader.replica().ballot()).isEqualTo(ballot);
    assertThat(isolated.replica().leader()).isEqualTo(leader.id());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderThatCanSendButNotHearStepsDownAndAnotherLeads(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember deaf = leader(cluster);
    others(cluster, deaf).forEach(other -> cut(cluster, other, deaf));

    await(
        cluster,
        1_500,
        () ->
            !deaf.replica().leading()
                && others(cluster, deaf).stream().anyMatch(m -> m.replica().leading()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderThatCanHearButNotSendIsReplaced(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember mute = leader(cluster);
    others(cluster, mute).forEach(other -> cut(cluster, mute, other));

    await(
        cluster,
        1_500,
        () ->
            !mute.replica().leading()
                && others(cluster, mute).stream().anyMatch(m -> m.replica().leading()));
  }

  /** No leader but the hub can have a majority: whoever led before has to notice and let go. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theHubOfAStarComesToLead(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember hub = others(cluster, leader(cluster)).get(2);
    for (SimulatedMember from : others(cluster, hub)) {
      others(cluster, hub).stream().filter(to -> to != from).forEach(to -> cut(cluster, from, to));
    }

    await(cluster, 2_500, () -> hub.replica().leading());

    hub.propose(TestCommand.mark(1));
    await(
        cluster, 100, () -> cluster.members().stream().allMatch(m -> m.machine().lastMark() == 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aMinorityDecidesNothing(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember leader = leader(cluster);
    List<SimulatedMember> others = others(cluster, leader);
    others.subList(0, 3).forEach(SimulatedMember::pause);
    long before = leader.replica().appliedSlot();

    for (int i = 0; i < 100; i++) {
      leader.propose(TestCommand.mark(i));
      cluster.run(20 * MILLISECOND);
    }

    assertThat(leader.replica().appliedSlot()).isEqualTo(before);
    assertThat(leader.replica().leading()).isFalse();
    others.forEach(other -> assertThat(other.replica().leading()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPromiseToACandidateThatDiedDoesNotShutTheVoterOut(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember leader = leader(cluster);
    SimulatedMember voter = others(cluster, leader).get(0);
    SimulatedMember candidate = others(cluster, leader).get(1);
    Ballot stray = new Ballot(leader.replica().ballot().round() + 5, candidate.id());
    voter.hint(leader.id());
    voter.receive(
        candidate.id(), new ConsensusMessage.Prepare(stray, voter.replica().appliedSlot() + 1));
    assertThat(voter.replica().ballot()).isEqualTo(stray);
    candidate.kill();

    await(
        cluster,
        1_500,
        () -> leader(cluster) != null && leader(cluster).replica().ballot().compareTo(stray) > 0);
    leader(cluster).propose(TestCommand.mark(3));
    await(cluster, 200, () -> voter.machine().lastMark() == 3);
  }
}
