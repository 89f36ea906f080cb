package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static io.henge.replication.membership.NodeBootstrap.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Founding again what is left of a cluster: refusals, what survives, and who follows. */
class RefoundingTest {

  private final ControlNetwork network = new ControlNetwork(1);
  private final List<ControlNode> nodes = new ArrayList<>();
  private final List<RefoundingOutcome> outcomes = new ArrayList<>();

  @BeforeEach
  void start() {
    nodes.addAll(network.startThreeVoters());
  }

  /** The same with a rule left out. */
  static RefoundingTest with(RefoundingRules mutant) {
    RefoundingTest test = new RefoundingTest();
    test.network.parts =
        new ControlParts() {
          @Override
          public RefoundingRules refoundingRules() {
            return mutant;
          }
        };
    test.start();
    return test;
  }

  private ControlNode a() {
    return nodes.get(0);
  }

  private ControlNode b() {
    return nodes.get(1);
  }

  private ControlNode c() {
    return nodes.get(2);
  }

  private void ask(ControlNode founder, String name, ControlNode... named) {
    Set<MemberId> survivors = new TreeSet<>();
    Arrays.stream(named).forEach(node -> survivors.add(node.id()));
    founder.plane.foundAgain(
        new RefoundingRequest(name, survivors, 5_000_000, outcomes::add), founder.clock());
  }

  private String refusal() {
    assertThat(network.runUntil(() -> !outcomes.isEmpty(), 10_000)).isTrue();
    assertThat(outcomes.get(0)).isInstanceOf(RefoundingOutcome.Refused.class);
    return ((RefoundingOutcome.Refused) outcomes.remove(0)).why();
  }

  private ClusterState founded() {
    assertThat(network.runUntil(() -> !outcomes.isEmpty(), 10_000)).isTrue();
    assertThat(outcomes.get(0)).isInstanceOf(RefoundingOutcome.Founded.class);
    return ((RefoundingOutcome.Founded) outcomes.remove(0)).first();
  }

  private void await(BooleanSupplier condition) {
    assertThat(network.runUntil(condition, 15_000)).isTrue();
  }

  private void withoutLease(ControlNode... those) {
    await(() -> Arrays.stream(those).noneMatch(ControlNode::holdsLease));
  }

  /** Two of three die; the third has no lease any more. */
  private void onlyAIsLeft() {
    network.crash(b());
    network.crash(c());
    withoutLease(a());
  }

  private void createCache() {
    a().propose(new Command.CreateCache("books", 2, ReplicationMode.SYNC, new TreeMap<>()));
    await(
        () ->
            nodes.stream()
                .allMatch(node -> node.state() != null && node.state().cache("books") != null));
    await(() -> ControlPlaneTest.isFull(nodes, 2));
  }

  @Test
  void theLastOfThreeGoesOnInAnotherCluster() {
    createCache();
    ClusterState before = a().state();
    onlyAIsLeft();

    ask(a(), "test");
    ClusterState first = founded();

    assertThat(first.clusterId()).isNotEqualTo(before.clusterId());
    assertThat(first.clusterId().low()).isEqualTo(before.clusterId().low());
    assertThat(first.members().keySet()).containsExactly(a().id());
    for (int number = 0; number < first.partitionCount(); number++) {
      PartitionAssignment was = before.partition(number);
      PartitionAssignment is = first.partition(number);
      assertThat(is.epoch()).isGreaterThan(was.epoch()).isEqualTo(first.slot());
      assertThat(is.inSync().contains(a().id())).isEqualTo(was.inSync().contains(a().id()));
    }
    await(() -> a().holdsLease() && a().plane.leading());
    assertThat(a().state().clusterId()).isEqualTo(first.clusterId());
    assertThat(a().state().cache("books")).isNotNull();
    assertThat(a().saw(ControlEvent.Kind.FOUNDED_AGAIN)).isTrue();
    await(() -> ControlPlaneTest.isFull(List.of(a()), 1));
    ControlNode d = network.start("d", AUTO);
    await(() -> ControlPlaneTest.isFull(List.of(a(), d), 2));
  }

  /** A learner's copy is old, or not whole: it would answer with what was overwritten since. */
  @Test
  void aCopyThatIsNotInSyncIsNotKept() {
    createCache();
    fiveOfWhichTwoAreLeft();
    int number = 0;
    while (a().state().partition(number).holds(a().id())) {
      number++;
    }
    ClusterState last = decideAt(a(), new Command.AddLearner(number, a().id()));
    assertThat(last.partition(number).learners()).contains(a().id());

    ask(a(), "test");
    ClusterState first = founded();
    assertThat(first.partition(number).holds(a().id())).isFalse();
  }

  @Test
  void aWrongNameIsRefused() {
    onlyAIsLeft();
    ask(a(), "tset");
    assertThat(refusal()).contains("the cluster is called test, not tset");
    network.run(3_000);
    assertThat(a().plane.standsStill()).isFalse();
  }

  @Test
  void whoIsInNoClusterIsRefused() {
    ControlNode alone = network.start("d", AUTO);
    for (ControlNode other : nodes) {
      network.cut(alone, other);
    }
    ask(alone, "test");
    assertThat(refusal()).contains("is in no cluster");
  }

  @Test
  void whoHasALeaseIsRefused() {
    ask(a(), "test");
    assertThat(refusal()).contains("has a lease");
    assertThat(a().holdsLease()).isTrue();
  }

  @Test
  void namesOfStrangersAndListsWithoutTheFounderAreRefused() {
    onlyAIsLeft();
    ask(a(), "test", b());
    assertThat(refusal()).contains("not among the survivors");
    a().plane
        .foundAgain(
            new RefoundingRequest("test", Set.of(a().id(), new MemberId(8, 8)), 1, outcomes::add),
            a().clock());
    assertThat(refusal()).contains("no member of the cluster has the id");
  }

  @Test
  void whoLeavesIsRefused() {
    onlyAIsLeft();
    a().plane.leave(a().clock());
    ask(a(), "test");
    assertThat(refusal()).contains("leaves");
  }

  @Test
  void aSecondAttemptWhileOneIsUnderWayIsRefused() {
    onlyAIsLeft();
    ask(a(), "test");
    ask(a(), "test");
    assertThat(refusal()).contains("itself");
    assertThat(founded()).isNotNull();
  }

  /** They cannot decide because they cannot reach each other; the operator can reach all. */
  @Test
  void aMajorityThatAnswersIsRefused() {
    network.crash(c());
    network.cut(a(), b());
    withoutLease(a(), b());
    ask(a(), "test");
    network.run(50);
    network.heal();
    assertThat(refusal()).contains("2 of 3 voters live");
    await(() -> a().holdsLease() && b().holdsLease());
    assertThat(b().saw(ControlEvent.Kind.STANDING_STILL)).isTrue();
  }

  @Test
  void othersThatAnswerThanWereNamedAreRefused() {
    fiveOfWhichTwoAreLeft();

    ask(a(), "test", a());
    assertThat(refusal()).contains("others answer than were named: [a, b]");
    network.cut(a(), b());
    ask(a(), "test", a(), b());
    assertThat(refusal()).contains("others answer than were named: [a]");
    network.heal();
    ask(a(), "test", a(), b());
    assertThat(founded().members().keySet()).containsExactlyInAnyOrder(a().id(), b().id());
    await(() -> a().holdsLease() && b().holdsLease());
    assertThat(b().state().clusterId()).isEqualTo(a().state().clusterId());
  }

  /** A survivor that the others have a lease for knows that the cluster lives. */
  @Test
  void aMemberWithALeaseRefuses() {
    ControlNode d = network.start("d", AUTO); // without a vote
    nodes.add(d);
    await(() -> ControlPlaneTest.isWhole(nodes) && d.holdsLease());
    for (ControlNode other : List.of(b(), c())) {
      network.cut(a(), other);
    }
    withoutLease(a());
    ask(a(), "test");
    assertThat(refusal()).contains("member d has a lease");
    assertThat(d.plane.standsStill()).isFalse();
  }

  @Test
  void twoFoundersAtOnceAreNotBothServed() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    ask(b(), "test");
    String first = refusal();
    assertThat(first).contains("about to found the cluster again itself");
    network.run(5_000);
    assertThat(outcomes.stream().filter(RefoundingOutcome.Founded.class::isInstance).count())
        .isLessThanOrEqualTo(1);
    outcomes.clear();
    if (!a().holdsLease()) {
      ask(a(), "test");
      founded();
    }
    await(() -> a().holdsLease() && b().holdsLease());
    assertThat(a().state().clusterId()).isEqualTo(b().state().clusterId());
  }

  @Test
  void whoHasPromisedToAnotherFounderRefuses() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    network.run(500);
    assertThat(b().plane.standsStill()).isTrue();
    ask(b(), "test");
    assertThat(refusal()).contains("stands still for another founder, member a");
    assertThat(founded()).isNotNull();
  }

  private void fiveOfWhichTwoAreLeft() {
    ControlNode d = network.start("d", AUTO);
    ControlNode e = network.start("e", AUTO);
    nodes.addAll(List.of(d, e));
    await(() -> a().state().voters().size() == 5 && ControlPlaneTest.isWhole(nodes));
    network.crash(c());
    network.crash(d);
    network.crash(e);
    withoutLease(a(), b());
  }

  /** The founder dies after the others promised: they go on and can be founded again. */
  @Test
  void aPromiseEnds() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    network.run(500);
    network.crash(a());
    network.run(5_500);
    assertThat(b().plane.standsStill()).isTrue();
    network.run(1_500); // 20 leases and suspend-after after it promised
    assertThat(b().plane.standsStill()).isFalse();

    ask(b(), "test");
    assertThat(founded().members().keySet()).containsExactly(b().id());
  }

  /** Who has gone on in the former cluster never enters: what it answered is not true any more. */
  @Test
  void whosePromiseIsOverNeverEnters() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    network.run(500);
    network.cut(a(), b());
    ClusterState first = founded();
    assertThat(first.members()).containsKey(b().id());
    network.run(8_000);
    assertThat(b().plane.standsStill()).isFalse();
    MemberId former = b().state().clusterId();
    assertThat(former).isNotEqualTo(first.clusterId());

    b().receive(a().id(), new ControlMessage.FoundAgain(former, first.clusterId()));
    assertThat(b().plane.standsStill()).as("a request that came late").isFalse();
    b().receive(a().id(), new ControlMessage.FoundedAgain(first));
    network.run(200);
    assertThat(b().state().clusterId()).isEqualTo(former);
    assertThat(a().holdsLease()).isTrue();
  }

  @Test
  void aFounderThatIsPausedForTooLongDoesNothing() {
    onlyAIsLeft();
    ask(a(), "test");
    network.run(500);
    a().pause();
    network.run(10_000);
    a().resume();
    assertThat(refusal()).contains("paused for too long");
    ask(a(), "test");
    founded();
  }

  @Test
  void theNewestStateThatAnySurvivorKnowsCounts() {
    fiveOfWhichTwoAreLeft();
    // The founder is behind: b applied a slot that a never heard of.
    ClusterState known = a().state();
    ClusterState newer = decideAt(b(), new Command.PauseRebalancing(true));
    assertThat(newer.slot()).isEqualTo(known.slot() + 1);
    assertThat(a().state().slot()).isEqualTo(known.slot());

    ask(a(), "test");
    ClusterState first = founded();
    assertThat(first.slot()).isEqualTo(newer.slot() + 1);
    assertThat(first.rebalancingPaused()).isTrue();
    await(() -> a().holdsLease() && b().holdsLease());
    assertThat(a().state().rebalancingPaused()).isTrue();
  }

  /** What a survivor accepted may have been chosen by those that are gone. */
  @Test
  void whatWasAcceptedForTheNextSlotCounts() {
    fiveOfWhichTwoAreLeft();
    long slot = b().state().slot();
    acceptAt(b(), slot + 1, 1000, new Command.PauseRebalancing(true));

    ask(a(), "test");
    ClusterState first = founded();
    assertThat(first.slot()).isEqualTo(slot + 2);
    assertThat(first.rebalancingPaused()).isTrue();
  }

  @Test
  void ofWhatWasAcceptedTheHighestBallotCounts() {
    fiveOfWhichTwoAreLeft();
    long slot = b().state().slot();
    acceptAt(a(), slot + 1, 1001, new Command.SetWeight(a().id(), 3));
    acceptAt(b(), slot + 1, 1000, new Command.PauseRebalancing(true));

    ask(b(), "test");
    ClusterState first = founded();
    assertThat(first.rebalancingPaused()).isFalse();
    assertThat(first.members().get(a().id()).weight()).isEqualTo(3);
  }

  /** Accepted is not chosen: that one of two voters would do alone does not make it a majority. */
  @Test
  void aMajorityIsOneOfTheVotersThatDecideTheNextSlot() {
    onlyAIsLeft();
    ClusterState two = decideAt(a(), new Command.RemoveVoter(b().id()));
    assertThat(two.voters()).containsExactlyInAnyOrder(a().id(), c().id());
    acceptAt(a(), two.slot() + 1, 1001, new Command.RemoveVoter(c().id()));

    ask(a(), "test");
    ClusterState first = founded();
    assertThat(first.slot()).isEqualTo(two.slot() + 2);
    assertThat(first.voters()).containsExactly(a().id());
  }

  /** Who stands still votes on nothing and applies nothing. */
  @Test
  void whoStandsStillTakesNoPartInTheFormerCluster() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    network.run(200);
    ClusterState before = b().state();
    assertThat(b().plane.standsStill()).isTrue();

    acceptAt(b(), before.slot() + 1, 1000, new Command.PauseRebalancing(true));
    learnAt(b(), before.slot() + 1, new Command.PauseRebalancing(true));
    assertThat(b().state().slot()).isEqualTo(before.slot());
    ClusterState first = founded();
    assertThat(first.rebalancingPaused()).isFalse();
    await(() -> b().state().clusterId().equals(first.clusterId()) && b().holdsLease());
  }

  @Test
  void aFounderThatLeavesReleasesTheOthers() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    network.run(200);
    assertThat(b().plane.standsStill()).isTrue();
    a().plane.leave(a().clock());
    assertThat(refusal()).contains("leaves");
    network.run(50);
    assertThat(b().plane.standsStill()).isFalse();
  }

  @Test
  void itCanBeFoundedAgainAndAgain() {
    fiveOfWhichTwoAreLeft();
    ask(a(), "test");
    MemberId second = founded().clusterId();
    await(() -> a().holdsLease() && b().holdsLease());
    network.crash(a());
    withoutLease(b());
    ask(b(), "test");
    ClusterState third = founded();
    assertThat(third.clusterId()).isNotEqualTo(second);
    await(b()::holdsLease);
  }

  /** Cut off, not dead: both go on and refuse each other, loudly. */
  @Test
  void twoClustersFoundedOnPurposeRefuseEachOther() {
    ControlNetwork another = new ControlNetwork(7);
    ControlNode x = another.start("x", SINGLE);
    assertThat(another.runUntil(x::holdsLease, 5_000)).isTrue();
    ControlNode y = another.start("y", AUTO);
    ControlNode z = another.start("z", AUTO);
    List<ControlNode> three = List.of(x, y, z);
    assertThat(
            another.runUntil(
                () -> ControlPlaneTest.isWhole(three) && x.state().voters().size() == 3, 15_000))
        .isTrue();
    another.cut(x, y);
    another.cut(x, z);
    another.run(3_000); // until the last Hello of y and z is not of late any more
    assertThat(x.holdsLease()).isFalse();
    x.plane.foundAgain(
        new RefoundingRequest("test", Set.of(), 5_000_000, outcomes::add), x.clock());
    assertThat(another.runUntil(x::holdsLease, 5_000)).isTrue();
    MemberId former = y.state().clusterId();

    another.heal();
    x.hint(new Hint.PeerAppeared(y.id()));
    y.hint(new Hint.PeerAppeared(x.id()));
    another.run(10_000);
    for (ControlNode node : three) {
      assertThat(node.expelled).isNull();
      assertThat(node.holdsLease()).isTrue();
    }
    assertThat(x.state().clusterId()).isNotEqualTo(former);
    assertThat(y.state().clusterId()).isEqualTo(former);
    assertThat(x.saw(ControlEvent.Kind.REFUSED)).isTrue();
    assertThat(y.saw(ControlEvent.Kind.REFUSED)).isTrue();
  }

  /** A cluster founded by chance gives way to one founded again: that was on purpose. */
  @Test
  void othersOfAnAutoClusterGiveWay() {
    network.cut(a(), b());
    network.cut(a(), c());
    withoutLease(a());
    ask(a(), "test");
    founded();
    network.heal();
    a().hint(new Hint.PeerAppeared(b().id()));
    b().hint(new Hint.PeerAppeared(a().id()));
    await(() -> b().expelled != null && c().expelled != null);
    assertThat(a().holdsLease()).isTrue();
  }

  private ControlMessage.Consensus consensus(ControlNode at, ConsensusMessage message) {
    return new ControlMessage.Consensus(
        at.state().clusterId(), nodes.get(nodes.size() - 1).id(), message);
  }

  private Ballot ballot(long round) {
    return new Ballot(round, nodes.get(nodes.size() - 1).id());
  }

  /** A message of a leader that died since. */
  private void acceptAt(ControlNode node, long slot, long round, Command command) {
    node.receive(
        nodes.get(nodes.size() - 1).id(),
        consensus(
            node,
            new ConsensusMessage.Accept(
                ballot(round), slot, List.of(CommandCodec.encode(command)))));
  }

  private void learnAt(ControlNode node, long slot, Command command) {
    node.receive(
        nodes.get(nodes.size() - 1).id(),
        consensus(
            node,
            new ConsensusMessage.LogSegment(
                slot, List.of(List.of(CommandCodec.encode(command))), slot)));
  }

  private ClusterState decideAt(ControlNode node, Command command) {
    long slot = node.state().slot() + 1;
    learnAt(node, slot, command);
    return node.state();
  }
}
