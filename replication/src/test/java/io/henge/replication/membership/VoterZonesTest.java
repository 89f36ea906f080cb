package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static io.henge.replication.membership.NodeBootstrap.VOTERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the voters' seats are: enough of them, and never a majority in one zone without need. */
class VoterZonesTest {

  private static Member member(int number, String zone, String machine, MemberRole role) {
    return new Member(
        new MemberId(0, number),
        "n" + number,
        "10.0.0.1",
        7800 + number,
        zone,
        machine,
        role,
        1,
        MemberState.ACTIVE,
        0);
  }

  private static List<Long> seated(Member... founders) {
    return VoterZones.seat(List.of(founders)).stream().map(member -> member.id().low()).toList();
  }

  @Test
  void ofManyFoundersFiveVoteAtOnceAndNobodyWaitsForTheOthersSeatsToGo() {
    ControlNetwork network = new ControlNetwork(5);
    String[] hosts =
        IntStream.range(0, 12).mapToObj(i -> "10.0.0.1[" + (7800 + i) + "]").toArray(String[]::new);
    List<ControlNode> nodes = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      nodes.add(network.start("n" + i, VOTERS, hosts));
    }

    assertThat(network.runUntil(() -> nodes.stream().allMatch(ControlNode::holdsLease), 5_000))
        .isTrue();
    assertThat(nodes).allMatch(node -> node.state().voters().size() == 5);
    assertThat(nodes.get(0).state().members()).hasSize(hosts.length);
  }

  @Test
  void theSeatsOfFoundersAreSpreadOverZonesThenOverMachines() {
    assertThat(
            seated(
                member(1, "a", "m1", MemberRole.DATA),
                member(2, "a", "m2", MemberRole.DATA),
                member(3, "a", "m3", MemberRole.DATA),
                member(4, "b", "m4", MemberRole.DATA),
                member(5, "b", "m4", MemberRole.DATA),
                member(6, "b", "m5", MemberRole.DATA),
                member(7, "c", "m6", MemberRole.DATA)))
        .containsExactly(1L, 4L, 7L, 2L, 6L);
  }

  @Test
  void aLiteFounderVotesForWantOfOthers() {
    Member lite = member(1, "a", "m1", MemberRole.LITE);
    Member data = member(2, "b", "m2", MemberRole.DATA);
    assertThat(seated(lite, data)).containsExactly(2L, 1L);
    Member[] more = {
      lite,
      data,
      member(3, "b", "m3", MemberRole.DATA),
      member(4, "b", "m4", MemberRole.WITNESS),
      member(5, "b", "m5", MemberRole.DATA),
      member(6, "b", "m6", MemberRole.DATA)
    };
    assertThat(seated(more)).containsExactly(2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void aSeatMovesWhenAZoneHasAMajorityOfThemAndAnotherHasRoom() {
    ControlNetwork network = new ControlNetwork(3);
    network.zones = name -> name.substring(0, 1);
    List<ControlNode> nodes = new ArrayList<>();
    for (String name : List.of("a1", "a2", "a3", "b1", "c1")) {
      nodes.add(network.start(name, AUTO));
      network.run(700);
    }
    assertThat(network.runUntil(() -> perZone(nodes).equals(Map.of("a", 3, "b", 1, "c", 1)), 9_000))
        .as("five members vote, three of them in one zone")
        .isTrue();

    nodes.add(network.start("b2", AUTO));

    assertThat(network.runUntil(() -> perZone(nodes).equals(Map.of("a", 2, "b", 2, "c", 1)), 9_000))
        .isTrue();
    network.run(10_000);
    assertThat(perZone(nodes)).isEqualTo(Map.of("a", 2, "b", 2, "c", 1));
    assertThat(nodes).allMatch(ControlNode::holdsLease);
  }

  /** Voters of each zone, as the first node knows them; empty while the nodes disagree. */
  private static Map<String, Integer> perZone(List<ControlNode> nodes) {
    Map<String, Integer> zones = new TreeMap<>();
    ClusterState state = nodes.get(0).state();
    boolean agreed =
        nodes.stream()
            .allMatch(node -> node.state() != null && node.state().voters().equals(state.voters()));
    if (agreed) {
      for (MemberId voter : state.voters()) {
        zones.merge(state.hostOf(voter).zone(), 1, Integer::sum);
      }
    }
    return zones;
  }
}
