package io.henge.admin.drill;

import static io.henge.admin.drill.DrillViews.failover;
import static io.henge.admin.drill.DrillViews.partition;
import static io.henge.admin.drill.DrillViews.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.Probe;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import io.henge.admin.drill.Drill.Next;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureDrillTest {

  private static final long SECOND = 1_000_000_000L;
  private static final List<Failover> NONE = List.of();
  private static final List<Failover> ITS = List.of(failover("a", 0));

  private static final View WHOLE =
      view(10, "active", 1, 1, partition(0, 0, 1), partition(1, 2, 0));
  private static final View SUSPENDED =
      view(11, "suspended", 0, 0, partition(0, 1), partition(1, 2));
  private static final View CATCHING_UP =
      view(12, "active", 0, 0, partition(0, 1), partition(1, 2));

  private static final WhatIfDocument OUTLOOK =
      new WhatIfDocument(
          10,
          "crash",
          List.of("a"),
          new WhatIfDocument.QuorumAfter(true, 2, 3),
          List.of(),
          List.of(0, 1),
          2,
          1,
          List.of(),
          new WhatIfDocument.Rebuild(2, 0, 0),
          new WhatIfDocument.Pause(530, 2),
          List.of(),
          "");

  private final FailureDrill drill = begun(DrillKind.PAUSE);
  private final FailureDrill crash = begun(DrillKind.CRASH);

  private static FailureDrill begun(DrillKind kind) {
    return new FailureDrill(DrillViews.start(7, WHOLE), kind, OUTLOOK);
  }

  private static View gone(Partition... partitions) {
    return new View(
        12,
        Instant.EPOCH,
        "",
        "",
        List.of("b", "c"),
        2,
        List.of(2),
        List.of(
            new Member("a2", "a", "", "", "data", "active", false, false, 1, 0, 0, 2),
            DrillViews.member("b", "active", 1, 0),
            DrillViews.member("c", "active", 1, 0)),
        List.of(partitions),
        "");
  }

  @Test
  void aMemberIsSuspendedAndComesBack() {
    assertThat(drill.step(WHOLE, NONE, SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(SUSPENDED, ITS, SECOND * 3 / 2)).isEqualTo(Next.WAIT);
    assertThat(drill.report().state()).isEqualTo("paused");
    assertThat(drill.report().passed()).isNull();
    assertThat(drill.step(SUSPENDED, ITS, 2 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(CATCHING_UP, ITS, 3 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(WHOLE, ITS, 4 * SECOND)).isEqualTo(Next.END);

    DrillReport report = drill.report();
    assertThat(report.passed()).isTrue();
    assertThat(report.verdict()).contains("came back; nothing was lost");
    assertThat(report.suspendedMs()).isEqualTo(1500);
    assertThat(report.returnedMs()).isEqualTo(4000);
    assertThat(report.primariesMoved()).isEqualTo(1);
    assertThat(report.partitionsLost()).isZero();
    assertThat(report.pauseMs()).isEqualTo(540);
    assertThat(report.fewestCopies()).isEqualTo(1);
    assertThat(report.expected()).isEqualTo(new DrillReport.Expected(1, 0, 1, 530.0));
  }

  @Test
  void whatNobodyMissesIsNotAsExpected() {
    drill.step(WHOLE, NONE, SECOND);
    assertThat(drill.step(WHOLE, NONE, 2 * SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().verdict()).startsWith("It was not suspended");
  }

  @Test
  void aLostPartitionOrAnotherFailoverIsNotAsExpected() {
    drill.step(SUSPENDED, List.of(failover("a", 1)), SECOND);
    drill.step(WHOLE, List.of(failover("a", 1)), 3 * SECOND);
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().verdict()).isEqualTo("1 partitions were lost.");
  }

  @Test
  void itIsFollowedForAMinuteAtMost() {
    assertThat(drill.step(SUSPENDED, ITS, 61 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(SUSPENDED, ITS, 62 * SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().verdict()).contains("not all in sync again");
  }

  @Test
  void aMemberThatIsCutOffLongerIsSuspendedAndComesBack() {
    FailureDrill cut = begun(DrillKind.CUT);
    cut.step(SUSPENDED, ITS, 2 * SECOND);
    assertThat(cut.report().state()).isEqualTo("cut");
    assertThat(cut.step(WHOLE, ITS, 3 * SECOND)).isEqualTo(Next.END);
    assertThat(cut.report().kind()).isEqualTo("cut");
    assertThat(cut.report().passed()).isTrue();
  }

  @Test
  void aMemberThatCrashedComesBackUnderAnotherId() {
    assertThat(crash.step(WHOLE, NONE, SECOND / 4)).isEqualTo(Next.WAIT);
    assertThat(crash.report().state()).as("nobody has noticed yet").isEqualTo("crashed");
    assertThat(crash.step(SUSPENDED, ITS, SECOND / 2)).isEqualTo(Next.WAIT);
    assertThat(crash.report().state()).isEqualTo("returning");
    View catchingUp = gone(partition(0, 1), partition(1, 2));
    assertThat(crash.step(catchingUp, ITS, SECOND)).isEqualTo(Next.WAIT);
    assertThat(crash.step(gone(partition(0, 1, 0), partition(1, 2, 0)), ITS, 2 * SECOND))
        .isEqualTo(Next.END);
    assertThat(crash.report().verdict())
        .isEqualTo("a crashed, its backups took over, and it came back; nothing was lost.");
    assertThat(crash.report().passed()).isTrue();
    assertThat(crash.report().memberId()).isEqualTo("a");
    assertThat(crash.report().suspendedMs()).isEqualTo(500);
  }

  @Test
  void aCrashThatNobodyNoticesIsNotAsExpected() {
    assertThat(crash.step(WHOLE, NONE, 59 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(crash.step(WHOLE, NONE, 60 * SECOND)).isEqualTo(Next.END);
    assertThat(crash.report().verdict()).isEqualTo("It was not suspended within 60 s.");
    assertThat(crash.report().passed()).isFalse();
  }

  @Test
  void whatTheProbeSawIsPartOfTheReport() {
    drill.step(SUSPENDED, ITS, 2 * SECOND);
    drill.step(WHOLE, ITS, 3 * SECOND);
    drill.probed(null);
    assertThat(drill.report().passed()).as("no probe").isTrue();
    drill.probed(new Probe(16, 100, 100, 0, 3, 510, 0, true));
    assertThat(drill.report().passed()).isTrue();
    drill.probed(new Probe(16, 100, 100, 0, 3, 510, 2, true));
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().verdict()).contains("of 2 keys was lost");
    assertThat(drill.report().probe().lost()).isEqualTo(2);
    assertThat(new Probe(16, 100, 100, 4, 3, 510, 0, true).trouble()).startsWith("4 operations");
    assertThat(new Probe(16, 100, 100, 0, 3, 510, 0, false).trouble()).contains("at the end");
  }

  @Test
  void aFailoverOfAnotherMemberIsNotAsExpected() {
    List<Failover> two = List.of(failover("b", 0), failover("a", 0));
    crash.step(SUSPENDED, two, SECOND);
    crash.step(gone(partition(0, 1, 0), partition(1, 2, 0)), two, 2 * SECOND);
    assertThat(crash.report().verdict()).startsWith("2 failovers began meanwhile");
  }
}
