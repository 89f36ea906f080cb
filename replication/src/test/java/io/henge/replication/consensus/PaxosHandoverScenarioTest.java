package io.henge.replication.consensus;

import static io.henge.replication.consensus.Scenario.await;
import static io.henge.replication.consensus.Scenario.elected;
import static io.henge.replication.consensus.Scenario.leader;
import static io.henge.replication.consensus.Scenario.others;
import static io.henge.replication.consensus.SimulatedCluster.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.consensus.TestCommand.Kind;
import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A leader that hands over, each situation under several seeds. All times are virtual. */
class PaxosHandoverScenarioTest {

  /** Far less than the election timeout of 300 ms. */
  private static final long SOON = 60;

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  private static Set<MemberId> everybody(SimulatedCluster cluster) {
    Set<MemberId> ids = new TreeSet<>();
    cluster.members().forEach(member -> ids.add(member.id()));
    return ids;
  }

  private static boolean anotherLeads(SimulatedCluster cluster, SimulatedMember old) {
    return others(cluster, old).stream().anyMatch(member -> member.replica().leading());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anotherVoterLeadsLongBeforeASilenceWouldBeNoticed(long seed) {
    SimulatedCluster cluster = elected(seed, seed % 2 == 0 ? 3 : 5);
    SimulatedMember old = leader(cluster);

    old.handOver(everybody(cluster));
    assertThat(old.replica().leading()).isFalse();

    await(cluster, SOON, () -> anotherLeads(cluster, old));
    SimulatedMember successor = leader(cluster);
    cluster.run(1_000 * MILLISECOND);
    assertThat(leader(cluster)).isSameAs(successor);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsAskedOfTheOldLeaderMeanwhileIsDecidedByTheNewOne(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember old = leader(cluster);
    MemberId voter = others(cluster, old).get(0).id();

    old.handOver(everybody(cluster));
    old.propose(TestCommand.change(Kind.REMOVE_VOTER, voter));

    await(cluster, 2 * SOON, () -> cluster.checker().latest().voters().size() == 4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSlotInFlightIsDecidedFirst(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember old = leader(cluster);
    long slot = old.replica().appliedSlot();

    old.propose(TestCommand.change(Kind.REMOVE_VOTER, others(cluster, old).get(0).id()));
    old.handOver(everybody(cluster));
    assertThat(old.replica().leading()).isTrue();

    await(cluster, SOON, () -> !old.replica().leading());
    assertThat(old.replica().appliedSlot()).isEqualTo(slot + 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderStaysIfNobodyWhoCouldLeadIsHeard(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember old = leader(cluster);
    SimulatedMember dead = others(cluster, old).get(0);
    dead.kill();
    cluster.run(400 * MILLISECOND);

    old.handOver(Set.of(dead.id()));
    cluster.run(1_000 * MILLISECOND);

    assertThat(leader(cluster)).isSameAs(old);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void othersTryIfTheSuccessorDoesNot(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember old = leader(cluster);
    SimulatedMember successor = others(cluster, old).get(0);
    successor.pause(); // its last answer was just a moment ago

    old.handOver(Set.of(successor.id()));

    await(cluster, 3 * SOON, () -> anotherLeads(cluster, old));
  }
}
