package io.henge.admin.drill;

import static io.henge.admin.drill.DrillViews.failover;
import static io.henge.admin.drill.DrillViews.partition;
import static io.henge.admin.drill.DrillViews.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import io.henge.admin.drill.Drill.Next;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseDrillTest {

  private static final long SECOND = 1_000_000_000L;
  private static final List<Failover> NONE = List.of();
  private static final List<Failover> ITS = List.of(failover("a", 0));

  private static final View WHOLE =
      view(10, "active", 1, 1, partition(0, 0, 1), partition(1, 2, 0));
  private static final View SUSPENDED =
      view(11, "suspended", 0, 0, partition(0, 1), partition(1, 2));
  private static final View CATCHING_UP =
      view(12, "active", 0, 0, partition(0, 1), partition(1, 2));

  private final PauseDrill drill =
      new PauseDrill(
          7,
          WHOLE.members().get(0),
          "ada",
          Instant.EPOCH,
          WHOLE,
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
              ""),
          0);

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
}
