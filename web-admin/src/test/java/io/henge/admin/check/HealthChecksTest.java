package io.henge.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthChecksTest {

  private static final Identity NODE =
      new Identity("orders", "id", "node-a", "a", "RUNNING", "Well.", true, "1");

  private static Member member(String name, String zone, String state, int copies) {
    return new Member(
        name, name, name + ":7800", zone, "data", state, true, false, 1, copies, 0, 0);
  }

  private static List<Member> members(String... zones) {
    List<Member> members = new ArrayList<>();
    for (String zone : zones) {
      members.add(member("m" + members.size(), zone, "active", 10));
    }
    return members;
  }

  private static View view(int copies, List<Member> members, Partition... partitions) {
    List<String> voters = members.stream().filter(Member::voter).map(Member::id).toList();
    return new View(
        9,
        Instant.EPOCH,
        "",
        "",
        voters,
        partitions.length,
        List.of(copies),
        members,
        List.of(partitions),
        "");
  }

  private static Partition held(int inSync, Integer... replicas) {
    return new Partition(0, 0, 3, inSync, List.of(replicas));
  }

  private static List<String> failing(Identity identity, View view) {
    return failing(Facts.of(identity, view, List.of(), List.of()));
  }

  private static List<String> failing(Facts facts) {
    return HealthChecks.run(facts).stream()
        .filter(result -> result.state().equals("failing"))
        .map(CheckResult::id)
        .toList();
  }

  @Test
  void aClusterThatIsSetUpRightPassesEveryCheck() {
    View view = view(2, members("x", "y", "z"), held(2, 0, 1));
    assertThat(failing(NODE, view)).isEmpty();
  }

  @Test
  void everyCheckHasItsOwnIdAndSaysWhyAndWhatToDo() {
    List<CheckResult> results =
        HealthChecks.run(Facts.of(NODE, view(1, members("")), List.of(), List.of()));
    assertThat(results).extracting(CheckResult::id).doesNotHaveDuplicates();
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.title()).isNotBlank();
              assertThat(result.explanation()).endsWith(".");
              assertThat(result.fix()).endsWith(".");
              assertThat(HealthChecks.exists(result.id())).isTrue();
            });
    assertThat(HealthChecks.exists("no.such")).isFalse();
  }

  @Test
  void aLostQuorumFailsAndSoDoesASilentMember() {
    Identity cutOff = new Identity("orders", "id", "node-a", "a", "RUNNING", "", false, "1");
    List<Member> members = new ArrayList<>(members("x", "y", "z"));
    members.set(2, member("m2", "z", "suspended", 10));
    assertThat(failing(cutOff, view(2, members, held(2, 0, 1))))
        .containsExactly("quorum.held", "voters.present", "members.answering");
  }

  @Test
  void partitionsWithoutAPrimaryAndWithOneCopyFail() {
    assertThat(failing(NODE, view(2, members("x", "y", "z"), held(1, 0), held(0))))
        .containsExactly("partitions.available", "partitions.copies");
  }

  @Test
  void tooFewMembersAndVotersAreSaid() {
    assertThat(failing(NODE, view(3, members("x", "y"), held(2, 0, 1))))
        .contains("members.enough", "voters.three");
    assertThat(failing(NODE, view(2, members("x", "y", "z", "x"), held(2, 0, 1))))
        .contains("voters.odd");
  }

  @Test
  void zonesAreToBeNamedByAllAndToHoldCopiesAndVotersApart() {
    assertThat(failing(NODE, view(2, members("x", "", "z"), held(2, 0, 1))))
        .containsExactly("zones.all-or-none");
    assertThat(failing(NODE, view(2, members("x", "x", "z"), held(2, 0, 1))))
        .containsExactly("zones.apart", "zones.voters");
    assertThat(failing(NODE, view(2, members("", "", ""), held(2, 0, 1)))).isEmpty();
  }

  @Test
  void aMemberWithFarMoreThanItsShareIsNamed() {
    List<Member> members = new ArrayList<>(members("x", "y", "z"));
    members.set(1, member("m1", "y", "active", 30));
    List<CheckResult> results =
        HealthChecks.run(Facts.of(NODE, view(2, members, held(2, 0, 1)), List.of(), List.of()));
    assertThat(results)
        .filteredOn(result -> result.id().equals("load.even"))
        .singleElement()
        .extracting(CheckResult::finding)
        .isEqualTo("m1 holds 30 copies; its share is 17.");
  }

  @Test
  void membersOfOneMachineFail() {
    List<Member> members =
        Arrays.asList("a:1", "a:2", "a:3").stream()
            .map(
                address ->
                    new Member(
                        address, address, address, "", "data", "active", true, false, 1, 5, 0, 0))
            .toList();
    assertThat(failing(NODE, view(2, members, held(2, 0, 1)))).containsExactly("machines.apart");
  }

  @Test
  void failoversAndLossesOfTheDayAreSaid() {
    List<Failover> failovers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      failovers.add(
          new Failover(
              i,
              "",
              "",
              "crash",
              "",
              "",
              Instant.EPOCH,
              true,
              0,
              0,
              0,
              i / 3,
              -1,
              null,
              List.of()));
    }
    Facts facts =
        Facts.of(
            NODE,
            view(2, members("x", "y", "z"), held(2, 0, 1)),
            List.of(
                new CacheInfo("a", 1, 0, 2, "async", 5, 7, 0, 0, 0, 0),
                new CacheInfo("b", 2, 0, 2, "async", 5, 7, 0, 0, 0, 0)),
            failovers);
    assertThat(failing(facts)).containsExactly("failovers.few", "data.lost", "async.lost");
    assertThat(HealthChecks.run(facts))
        .filteredOn(result -> result.id().equals("async.lost"))
        .extracting(CheckResult::finding)
        .containsExactly("At most 7 acknowledged operations may have been lost.");
  }
}
