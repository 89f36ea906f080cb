package io.henge.admin.drill;

import static io.henge.admin.drill.DrillViews.member;
import static io.henge.admin.drill.DrillViews.partition;
import static io.henge.admin.drill.DrillViews.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.View;
import io.henge.admin.drill.Drill.Next;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainDrillTest {

  private static final long SECOND = 1_000_000_000L;
  private static final List<Failover> NONE = List.of();
  private static final List<Failover> ONE = List.of(DrillViews.failover("c", 0));

  /** Two partitions of two copies; a leads the first and backs up the second. */
  private static final View WHOLE =
      view(10, "active", 1, 1, partition(0, 0, 1), partition(1, 2, 0));

  private static final View HANDED_OVER =
      view(12, "draining", 0, 1, partition(0, 1, 2), partition(1, 2, 0));
  private static final View EMPTY =
      view(14, "draining", 0, 0, partition(0, 1, 2), partition(1, 2, 1));

  private final DrainDrill drill = new DrainDrill(DrillViews.start(7, WHOLE), 1, 2);

  @Test
  void aMemberHandsOverEverythingAndTakesItsShareAgain() {
    assertThat(drill.step(WHOLE, NONE, SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(HANDED_OVER, NONE, 2 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(EMPTY, NONE, 3 * SECOND)).isEqualTo(Next.UNDRAIN);
    assertThat(drill.report().state()).isEqualTo("returning");
    assertThat(drill.report().passed()).isNull();
    assertThat(drill.step(EMPTY, NONE, 4 * SECOND)).as("holds nothing yet").isEqualTo(Next.WAIT);
    assertThat(drill.step(WHOLE, NONE, 5 * SECOND)).isEqualTo(Next.END);
    DrillReport report = drill.report();
    assertThat(report.passed()).isTrue();
    assertThat(report.verdict()).startsWith("a handed over everything and has its share again");
    assertThat(report.handedOverMs()).isEqualTo(2000);
    assertThat(report.emptyMs()).isEqualTo(3000);
    assertThat(report.returnedMs()).isEqualTo(5000);
    assertThat(report.expected()).isEqualTo(new DrillReport.Expected(1, 2, 2, null));
    assertThat(report.slot()).isEqualTo(10);
  }

  @Test
  void aPartitionWithFewerCopiesMeanwhileIsNotAsExpected() {
    drill.step(view(11, "draining", 0, 1, partition(0, 1), partition(1, 2, 0)), NONE, SECOND);
    drill.step(EMPTY, NONE, 2 * SECOND);
    drill.step(WHOLE, NONE, 3 * SECOND);
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().fewestCopies()).isEqualTo(1);
    assertThat(drill.report().verdict()).contains("fewer in-sync copies");
  }

  @Test
  void aDrainEndsByItself() {
    assertThat(drill.step(HANDED_OVER, NONE, 59 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(HANDED_OVER, NONE, 60 * SECOND)).isEqualTo(Next.UNDRAIN);
    assertThat(drill.step(WHOLE, NONE, 61 * SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().verdict()).isEqualTo("It was not empty within 60 s.");
    assertThat(drill.report().emptyMs()).isNull();
  }

  @Test
  void soDoesTheWaitForTheReturn() {
    drill.step(EMPTY, NONE, SECOND);
    assertThat(drill.step(EMPTY, NONE, 60 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(EMPTY, NONE, 61 * SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().verdict()).contains("they still come");
    assertThat(drill.report().passed()).isFalse();
  }

  @Test
  void aFailoverOrAnOperatorEndsTheDrainEarly() {
    assertThat(drill.step(HANDED_OVER, ONE, SECOND)).isEqualTo(Next.UNDRAIN);
    drill.step(WHOLE, ONE, 2 * SECOND);
    assertThat(drill.report().verdict()).isEqualTo("A failover began meanwhile.");

    DrainDrill other = new DrainDrill(DrillViews.start(8, WHOLE), 1, 2);
    other.stop("eve stopped it.");
    assertThat(other.step(HANDED_OVER, NONE, SECOND)).isEqualTo(Next.UNDRAIN);
    assertThat(other.step(WHOLE, NONE, 2 * SECOND)).isEqualTo(Next.END);
    assertThat(other.report().verdict()).isEqualTo("eve stopped it.");
    assertThat(other.report().passed()).isFalse();
  }

  @Test
  void aMemberThatLeavesEndsIt() {
    View without =
        new View(
            11,
            Instant.EPOCH,
            "",
            "",
            List.of("b", "c"),
            1,
            List.of(2),
            List.of(member("b", "active", 1, 0), member("c", "active", 0, 1)),
            List.of(partition(0, 0, 1)),
            "");
    assertThat(drill.step(without, NONE, SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().verdict()).isEqualTo("a is no member any more.");
  }
}
