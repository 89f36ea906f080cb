package io.henge.replication.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.insight.Clusters;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrillGuardTest {

  private static final Set<DrillKind> BOTH = Set.of(DrillKind.CRASH, DrillKind.CUT);

  private final ClusterState whole = Clusters.placed(3, 2);

  private static String refusal(ClusterState state) {
    return DrillGuard.refusal(state, Clusters.id(1), BOTH, DrillKind.CRASH);
  }

  @Test
  void aMemberOfAWholeClusterThatAllowsItSuffersIt() {
    assertThat(refusal(whole)).isEmpty();
    assertThat(DrillGuard.refusal(whole, Clusters.id(1), BOTH, DrillKind.CUT)).isEmpty();
  }

  @Test
  void theSettingThatIsMissingIsNamed() {
    assertThat(DrillGuard.refusal(whole, Clusters.id(1), Set.of(DrillKind.CUT), DrillKind.CRASH))
        .contains("henge.drills.crash=true");
    assertThat(DrillGuard.refusal(whole, Clusters.id(1), Set.of(), DrillKind.CUT))
        .contains("henge.drills.cut=true");
  }

  @Test
  void whoIsInNoClusterRefuses() {
    assertThat(refusal(null)).isEqualTo("it is in no cluster");
    assertThat(DrillGuard.refusal(whole, Clusters.id(7), BOTH, DrillKind.CUT))
        .contains("no cluster");
  }

  @Test
  void anyMemberThatIsNotActiveStandsAgainstIt() {
    assertThat(refusal(Clusters.after(whole, new Command.Drain(Clusters.id(2)))))
        .isEqualTo("member n2 is DRAINING, all have to be ACTIVE");
  }

  @Test
  void aCopyThatIsMissingStandsAgainstIt() {
    assertThat(refusal(Clusters.placed(2, 3))).contains("not every partition");
  }

  @Test
  void theLastCopyAndTheMajorityStandAgainstIt() {
    assertThat(refusal(Clusters.placed(3, 1))).contains("would lose the last in-sync copy");
    assertThat(refusal(Clusters.placed(2, 2))).contains("1 of 2 voters would be left");
  }

  @Test
  void whoLeadsAsynchronousPartitionsWouldLoseTheirLastWrites() {
    List<MemberId> copies = List.of(Clusters.id(1), Clusters.id(2));
    List<List<MemberId>> placed =
        IntStream.range(0, Clusters.PARTITIONS).mapToObj(i -> copies).toList();
    ClusterState state =
        Clusters.after(
            whole,
            new Command.CreateGroup(2, new ReplicationMode.Async(10, 1000, 1_000_000), placed));
    assertThat(refusal(state)).contains("asynchronous");
    assertThat(DrillGuard.refusal(state, Clusters.id(2), BOTH, DrillKind.CRASH)).isEmpty();
  }

  @Test
  void aCutIsAtMostHalfOfTheTimeUntilARemoval() {
    assertThat(DrillGuard.mostCutMillis(whole)).isEqualTo(15_000);
  }
}
