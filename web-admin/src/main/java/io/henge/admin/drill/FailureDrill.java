package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import java.util.List;

/**
 * One drill in which a member fails: it stands still, is cut off or crashes. Its backups take over,
 * and it comes back; after a crash as a new incarnation of its name. The member itself sees to
 * that, so nothing has to be undone here.
 */
final class FailureDrill extends MeasuredDrill {

  private enum State {
    SUFFERING,
    RETURNING
  }

  private final DrillKind kind;

  private State state = State.SUFFERING;
  private Double suspended;
  private Failover failover;

  /**
   * Begins a drill, right after the member was asked.
   *
   * @param kind none but the drain
   * @param crash what was foretold for a crash of the member
   */
  FailureDrill(DrillStart start, DrillKind kind, WhatIfDocument crash) {
    super(start, expected(start, crash));
    this.kind = kind;
  }

  private static DrillReport.Expected expected(DrillStart start, WhatIfDocument crash) {
    Double pause = crash.pause() == null ? null : crash.pause().estimate();
    return new DrillReport.Expected(crash.promote(), 0, start.before().fewestInSync() - 1, pause);
  }

  /** It ends by itself before anybody could stop it. */
  @Override
  public void stop(String why) {}

  @Override
  public void abandon() {
    end("The node that this console talks to is gone; the member comes back by itself.");
  }

  @Override
  public Next step(View view, List<Failover> since, long now) {
    look(view, (int) since.stream().map(Failover::memberId).distinct().count());
    since.stream()
        .filter(each -> each.memberId().equals(member().id()))
        .findFirst()
        .ifPresent(each -> failover = each);
    Member seen = view.member(member().id());
    if (seen == null && kind != DrillKind.CRASH) {
      return end(member().name() + " was removed instead of suspended.");
    }
    boolean silent = seen == null || seen.suspended();
    if (suspended == null && (silent || failover != null)) {
      suspended = start().millis(now);
    }
    long sinceBegin = now - start().nanos();
    if (state == State.SUFFERING && sinceBegin >= kind.length().toNanos()) {
      // A crash lasts until the others have noticed it.
      state = kind == DrillKind.CRASH && suspended == null ? State.SUFFERING : State.RETURNING;
    }
    if (state == State.RETURNING && isBack(view) && Drill.allInSync(view)) {
      noteReturn(now);
      return end(suspended == null ? "It was not suspended: nobody missed it." : "");
    }
    if (sinceBegin >= kind.length().plus(LIMIT).toNanos()) {
      return end(
          suspended == null
              ? "It was not suspended within " + LIMIT.toSeconds() + " s."
              : "Its copies were not all in sync again within " + LIMIT.toSeconds() + " s.");
    }
    return Next.WAIT;
  }

  private boolean isBack(View view) {
    return view.members().stream()
        .anyMatch(
            each ->
                each.state().equals("active")
                    && (kind == DrillKind.CRASH
                        ? each.name().equals(member().name())
                        : each.id().equals(member().id())));
  }

  @Override
  public DrillReport report() {
    Integer lost = failover == null ? null : (Integer) failover.partitionsLost();
    boolean passed = trouble().isEmpty() && failovers() == 1 && lost != null && lost == 0;
    double pause = failover == null ? -1 : WhatIfDocument.pauseOf(failover);
    return new DrillReport(
        start().id(),
        kind.word(),
        member().name(),
        member().id(),
        start().who(),
        start().at(),
        start().before().slot(),
        over() ? "over" : state == State.SUFFERING ? kind.state() : "returning",
        over() ? verdict(passed, lost) : "",
        over() ? (Boolean) passed : null,
        expected(),
        null,
        null,
        returned(),
        fewestCopies(),
        failovers(),
        suspended,
        failover == null ? null : (Integer) failover.primariesMoved(),
        lost,
        pause < 0 ? null : (Double) pause,
        probe());
  }

  private String verdict(boolean passed, Integer lost) {
    if (passed) {
      return member().name()
          + (kind == DrillKind.CRASH
              ? " crashed, its backups took over, and it came back; nothing was lost."
              : " was suspended, its backups took over, and it came back; nothing was lost.");
    } else if (!trouble().isEmpty()) {
      return trouble();
    }
    return lost != null && lost > 0
        ? lost + " partitions were lost."
        : failovers() + " failovers began meanwhile; one was expected.";
  }
}
