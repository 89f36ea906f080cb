package io.henge.admin.drill;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Probe;
import io.henge.admin.cluster.View;

/** What is measured in every drill, and how it ends. Not thread-safe. */
abstract sealed class MeasuredDrill implements Drill permits DrainDrill, FailureDrill {

  private final DrillStart start;
  private final DrillReport.Expected expected;

  private String trouble = "";
  private boolean over;
  private Double returned;
  private int fewestCopies;
  private int failovers;
  private Probe probe;

  MeasuredDrill(DrillStart start, DrillReport.Expected expected) {
    this.start = start;
    this.expected = expected;
    this.fewestCopies = start.before().fewestInSync();
  }

  /** Notes what every step notes. */
  final void look(View view, int failoversSince) {
    failovers = failoversSince;
    fewestCopies = Math.min(fewestCopies, view.fewestInSync());
  }

  /** The member is back. */
  final void noteReturn(long now) {
    returned = start.millis(now);
  }

  /** Remembers what goes wrong; the last trouble is what the report tells. */
  final void note(String why) {
    trouble = why;
  }

  final Next end(String why) {
    note(why);
    over = true;
    return Next.END;
  }

  @Override
  public final void probed(Probe seen) {
    probe = seen;
    if (seen != null && trouble.isEmpty()) {
      trouble = seen.trouble();
    }
  }

  final DrillStart start() {
    return start;
  }

  final Member member() {
    return start.member();
  }

  final DrillReport.Expected expected() {
    return expected;
  }

  final String trouble() {
    return trouble;
  }

  final boolean over() {
    return over;
  }

  final Double returned() {
    return returned;
  }

  final int fewestCopies() {
    return fewestCopies;
  }

  final int failovers() {
    return failovers;
  }

  final Probe probe() {
    return probe;
  }
}
