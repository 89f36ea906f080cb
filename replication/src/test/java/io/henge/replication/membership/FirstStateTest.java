package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With which state a cluster that is founded again begins. */
class FirstStateTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);
  private static final MemberId D = new MemberId(0, 4);
  private static final MemberId SUCCESSOR = new MemberId(77, 9);

  private static PartitionAssignment partition(List<MemberId> inSync, List<MemberId> learners) {
    return new PartitionAssignment(5, 3, inSync, learners, new TreeMap<>(Map.of(D, 4L)));
  }

  /** A state after slot 6 of a cluster of these members and partitions. */
  private static ClusterState last(List<Member> members, PartitionAssignment... partitions) {
    ClusterState founded = States.founded(A, B, C);
    TreeMap<MemberId, Member> byId = new TreeMap<>();
    members.forEach(member -> byId.put(member.id(), member));
    List<PartitionAssignment> all = new ArrayList<>(Arrays.asList(partitions));
    return new ClusterState(
        founded.clusterId(),
        founded.clusterName(),
        6,
        4711,
        founded.timings(),
        all.size(),
        byId,
        founded.voters(),
        all.isEmpty()
            ? List.of()
            : List.of(new PartitionGroup(2, ReplicationMode.SYNC, all, new TreeMap<>())),
        new TreeMap<>(),
        1,
        List.of(new MemberId(0, 99)),
        founded.foundedBy(),
        founded.foundedAt(),
        true);
  }

  private static List<Member> active(MemberId... ids) {
    return Arrays.stream(ids).map(id -> States.member(id).in(MemberState.ACTIVE)).toList();
  }

  private static ClusterState first(ClusterState last, MemberId founder, MemberId... survivors) {
    return FirstState.of(
        last,
        founder,
        new TreeSet<>(Arrays.asList(survivors)),
        SUCCESSOR,
        1,
        new RefoundingRules());
  }

  @Test
  void itIsTheNextSlotOfAnotherCluster() {
    ClusterState last = last(active(A, B, C));
    ClusterState first = first(last, A, A);

    assertThat(first.clusterId()).isEqualTo(SUCCESSOR);
    assertThat(first.slot()).isEqualTo(7);
    assertThat(first.foundedAt()).isGreaterThan(last.foundedAt());
    assertThat(first.foundedBy()).isEqualTo(NodeBootstrap.VOTERS);
    assertThat(first.rebalancingPaused()).isTrue();
    assertThat(ClusterIdentity.of(first).descendsFrom(ClusterIdentity.of(last))).isTrue();
    assertThat(ClusterIdentity.of(last).descendsFrom(ClusterIdentity.of(first))).isFalse();
    assertThat(ClusterIdentity.of(first).givesWayTo(ClusterIdentity.of(last))).isFalse();
  }

  @Test
  void onlySurvivorsStayAndTheOthersAreRemovedForGood() {
    ClusterState first = first(last(active(A, B, C)), B, B);

    assertThat(first.members().keySet()).containsExactly(B);
    assertThat(first.removed()).containsExactly(new MemberId(0, 99), A, C);
    assertThat(first.voters()).containsExactly(B);
  }

  @Test
  void theSuspendedAreActiveAgainAndOthersStayAsTheyAre() {
    List<Member> members =
        List.of(
            States.member(A).in(MemberState.SUSPENDED),
            States.member(B).in(MemberState.SUSPENDED),
            States.member(C).in(MemberState.DRAINING),
            States.member(D));
    ClusterState first = first(last(members), A, A, B, C, D);

    assertThat(first.members().get(A).state()).isEqualTo(MemberState.ACTIVE);
    assertThat(first.members().get(B).state()).isEqualTo(MemberState.ACTIVE);
    assertThat(first.members().get(C).state()).isEqualTo(MemberState.DRAINING);
    assertThat(first.members().get(D).state()).isEqualTo(MemberState.JOINING);
    assertThat(first.voters()).containsExactly(A);
  }

  @Test
  void asManyVoteAsThePlannerWantsAndTheFounderIsOneOfThem() {
    MemberId[] ids =
        IntStream.rangeClosed(1, 9).mapToObj(i -> new MemberId(0, i)).toArray(MemberId[]::new);
    ClusterState last = last(active(ids));
    for (MemberId founder : ids) {
      assertThat(first(last, founder, ids).voters()).hasSize(5).contains(founder);
    }
    assertThat(first(last, B, A, B).voters()).containsExactly(B);
    assertThat(first(last, B, A, B, C).voters()).hasSize(3);
    assertThat(first(last, D, A, B, C, D).voters()).hasSize(3).contains(D);
  }

  @Test
  void whoseDirectoryFailedHasNoVote() {
    Member unable = States.member(B).votingAs(VoterIdentity.unable(B)).in(MemberState.ACTIVE);
    List<Member> members = new ArrayList<>(active(A, C));
    members.add(unable);

    assertThat(first(last(members), A, A, B, C).voters()).containsExactly(A);
  }

  @Test
  void onlyCopiesInSyncAreKeptInTheirOrder() {
    ClusterState first =
        first(
            last(
                active(A, B, C, D),
                partition(List.of(C, B, A), List.of(D)),
                partition(List.of(C), List.of(A, B)),
                partition(List.of(A, C), List.of())),
            A,
            A,
            B);

    assertThat(first.partition(0).inSync()).containsExactly(B, A);
    assertThat(first.partition(1).inSync()).isEmpty();
    assertThat(first.partition(2).inSync()).containsExactly(A);
    assertThat(FirstState.lost(first)).isEqualTo(1);
    for (int number = 0; number < 3; number++) {
      assertThat(first.partition(number).epoch()).isEqualTo(7);
      assertThat(first.partition(number).origin()).isEqualTo(3);
      assertThat(first.partition(number).learners()).isEmpty();
      assertThat(first.partition(number).revoked()).isEmpty();
    }
  }

  @Test
  void aClusterFoundedByChanceIsFoundedOnPurposeFromNowOn() {
    ClusterState auto =
        ClusterState.founded(
            new MemberId(9, 9), "test", States.TIMINGS, 2, active(A, B), NodeBootstrap.AUTO, 50);
    ClusterState first = FirstState.of(auto, A, Set.of(A), SUCCESSOR, 1_000, new RefoundingRules());

    assertThat(first.foundedBy()).isEqualTo(NodeBootstrap.SINGLE);
    assertThat(first.foundedAt()).isEqualTo(1_000);
    assertThat(ClusterIdentity.of(auto).givesWayTo(ClusterIdentity.of(first))).isTrue();
  }

  @Test
  void lostPartitionsCanBeginAgain() {
    ClusterState first = first(last(active(A, B), partition(List.of(B), List.of(A))), A, A);

    assertThat(
            new ClusterStateMachine()
                .fits(first, new Command.ResetPartition(0, first.partition(0).epoch(), List.of(A))))
        .isTrue();
  }
}
