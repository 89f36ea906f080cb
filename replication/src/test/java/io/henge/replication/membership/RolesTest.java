package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who votes, by role: two data members and a third that holds nothing survive any one loss. */
class RolesTest {

  private final ControlNetwork network = new ControlNetwork(21);
  private final List<ControlNode> nodes = new ArrayList<>();

  private ControlNode start(MemberRole role) {
    ControlNode node = network.start("n" + nodes.size(), 7800 + nodes.size(), role, AUTO, null);
    nodes.add(node);
    network.run(700);
    return node;
  }

  private boolean voteExactly(ControlNode... voters) {
    List<MemberId> ids = List.of(voters).stream().map(ControlNode::id).sorted().toList();
    return network.alive().stream()
        .allMatch(node -> node.state() != null && node.state().voters().equals(ids));
  }

  @Test
  void twoDataMembersAndAWitnessSurviveTheLossOfAnyOne() {
    for (int lost = 0; lost < 3; lost++) {
      nodes.clear();
      network.nodes.forEach(node -> node.alive = false);
      ControlNode a = start(MemberRole.DATA);
      ControlNode b = start(MemberRole.DATA);
      ControlNode w = start(MemberRole.WITNESS);
      assertThat(network.runUntil(() -> voteExactly(a, b, w), 5_000)).isTrue();

      network.crash(nodes.get(lost));

      List<ControlNode> rest = network.alive();
      assertThat(rest).hasSize(2);
      assertThat(network.runUntil(() -> rest.stream().allMatch(ControlNode::holdsLease), 3_000))
          .as("without " + lost)
          .isTrue();
      network.run(2_000);
      assertThat(rest).allMatch(ControlNode::holdsLease);
    }
  }

  @Test
  void aWitnessHoldsNoReplica() {
    ControlNode a = start(MemberRole.DATA);
    ControlNode w = start(MemberRole.WITNESS);
    a.propose(new Command.CreateCache("c", 2, new java.util.TreeMap<>()));
    network.run(1_000);

    assertThat(a.state().partitionCount()).isPositive();
    for (int number = 0; number < a.state().partitionCount(); number++) {
      assertThat(a.state().partition(number).holds(w.id())).isFalse();
    }
  }

  @Test
  void aLiteMemberVotesOnlyWhileThereAreFewerThanThreeOthers() {
    ControlNode a = start(MemberRole.DATA);
    ControlNode b = start(MemberRole.DATA);
    ControlNode lite = start(MemberRole.LITE);
    assertThat(network.runUntil(() -> voteExactly(a, b, lite), 5_000)).isTrue();

    ControlNode c = start(MemberRole.DATA);

    assertThat(network.runUntil(() -> voteExactly(a, b, c), 5_000)).isTrue();
  }

  @Test
  void oneDataMemberDecidesAloneWhateverElseThereIsBesideOneLiteMember() {
    ControlNode a = start(MemberRole.DATA);
    ControlNode lite = start(MemberRole.LITE);
    network.run(5_000);

    assertThat(voteExactly(a)).isTrue();
    assertThat(lite.state().votes(lite.id())).isFalse();
  }
}
