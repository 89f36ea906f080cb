package io.henge.admin.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import io.henge.admin.drill.DrainDrill.Next;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainDrillTest {

  private static final long SECOND = 1_000_000_000L;

  /** Two partitions of two copies; a leads the first and backs up the second. */
  private static final View WHOLE =
      view(10, "active", 1, 1, partition(0, 0, 1), partition(1, 2, 0));

  private static final View HANDED_OVER =
      view(12, "draining", 0, 1, partition(0, 1, 2), partition(1, 2, 0));
  private static final View EMPTY =
      view(14, "draining", 0, 0, partition(0, 1, 2), partition(1, 2, 1));

  private final DrainDrill drill =
      new DrainDrill(7, WHOLE.members().get(0), "ada", Instant.EPOCH, WHOLE, 1, 2, 0);

  private static View view(
      long slot, String state, int primaries, int backups, Partition... partitions) {
    return new View(
        slot,
        Instant.EPOCH,
        "",
        "",
        List.of("a", "b", "c"),
        partitions.length,
        List.of(2),
        List.of(
            member("a", state, primaries, backups),
            member("b", "active", 1, 1),
            member("c", "active", 1, 1)),
        List.of(partitions),
        "");
  }

  private static Member member(String name, String state, int primaries, int backups) {
    return new Member(name, name, "", "", "data", state, true, false, 1, primaries, backups, 0);
  }

  private static Partition partition(int number, int... replicas) {
    return new Partition(
        number, 0, 1, replicas.length, java.util.Arrays.stream(replicas).boxed().toList());
  }

  @Test
  void aMemberHandsOverEverythingAndTakesItsShareAgain() {
    assertThat(drill.step(WHOLE, 0, SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(HANDED_OVER, 0, 2 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(EMPTY, 0, 3 * SECOND)).isEqualTo(Next.UNDRAIN);
    assertThat(drill.report().state()).isEqualTo("returning");
    assertThat(drill.report().passed()).isNull();
    assertThat(drill.step(EMPTY, 0, 4 * SECOND)).as("holds nothing yet").isEqualTo(Next.WAIT);
    assertThat(drill.step(WHOLE, 0, 5 * SECOND)).isEqualTo(Next.END);
    DrillReport report = drill.report();
    assertThat(report.passed()).isTrue();
    assertThat(report.verdict()).startsWith("a handed over everything and has its share again");
    assertThat(report.handedOverMs()).isEqualTo(2000);
    assertThat(report.emptyMs()).isEqualTo(3000);
    assertThat(report.returnedMs()).isEqualTo(5000);
    assertThat(report.expected()).isEqualTo(new DrillReport.Expected(1, 2, 2));
    assertThat(report.slot()).isEqualTo(10);
  }

  @Test
  void aPartitionWithFewerCopiesMeanwhileIsNotAsExpected() {
    drill.step(view(11, "draining", 0, 1, partition(0, 1), partition(1, 2, 0)), 0, SECOND);
    drill.step(EMPTY, 0, 2 * SECOND);
    drill.step(WHOLE, 0, 3 * SECOND);
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().fewestCopies()).isEqualTo(1);
    assertThat(drill.report().verdict()).contains("fewer in-sync copies");
  }

  @Test
  void aDrainEndsByItself() {
    assertThat(drill.step(HANDED_OVER, 0, 59 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(HANDED_OVER, 0, 60 * SECOND)).isEqualTo(Next.UNDRAIN);
    assertThat(drill.step(WHOLE, 0, 61 * SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().passed()).isFalse();
    assertThat(drill.report().verdict()).isEqualTo("It was not empty within 60 s.");
    assertThat(drill.report().emptyMs()).isNull();
  }

  @Test
  void soDoesTheWaitForTheReturn() {
    drill.step(EMPTY, 0, SECOND);
    assertThat(drill.step(EMPTY, 0, 60 * SECOND)).isEqualTo(Next.WAIT);
    assertThat(drill.step(EMPTY, 0, 61 * SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().verdict()).contains("they still come");
    assertThat(drill.report().passed()).isFalse();
  }

  @Test
  void aFailoverOrAnOperatorEndsTheDrainEarly() {
    assertThat(drill.step(HANDED_OVER, 1, SECOND)).isEqualTo(Next.UNDRAIN);
    drill.step(WHOLE, 1, 2 * SECOND);
    assertThat(drill.report().verdict()).isEqualTo("A failover began meanwhile.");

    DrainDrill other =
        new DrainDrill(8, WHOLE.members().get(0), "ada", Instant.EPOCH, WHOLE, 1, 2, 0);
    other.stop("eve stopped it.");
    assertThat(other.step(HANDED_OVER, 0, SECOND)).isEqualTo(Next.UNDRAIN);
    assertThat(other.step(WHOLE, 0, 2 * SECOND)).isEqualTo(Next.END);
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
    assertThat(drill.step(without, 0, SECOND)).isEqualTo(Next.END);
    assertThat(drill.report().verdict()).isEqualTo("a is no member any more.");
  }
}
