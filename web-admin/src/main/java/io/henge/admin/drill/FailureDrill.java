package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Probe;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import java.util.List;
import java.util.Locale;

/**
 * One drill in which a member fails: it stands still, is cut off or crashes. Its backups take over,
 * and it comes back; after a crash as a new incarnation of its name. The member itself sees to
 * that, so nothing has to be undone here.
 */
final class FailureDrill implements Drill {

  private enum State {
    SUFFERING,
    RETURNING,
    OVER
  }

  private final DrillStart start;
  private final DrillKind kind;
  private final Member member;
  private final DrillReport.Expected expected;

  private State state = State.SUFFERING;
  private String trouble = "";
  private Double suspended;
  private Double returned;
  private int fewestCopies;
  private int failovers;
  private Probe probe;
  private Failover failover;

  /**
   * Begins a drill, right after the member was asked.
   *
   * @param kind none but the drain
   * @param crash what was foretold for a crash of the member
   */
  FailureDrill(DrillStart start, DrillKind kind, WhatIfDocument crash) {
    this.start = start;
    this.kind = kind;
    this.member = start.member();
    this.fewestCopies = start.before().fewestInSync();
    Double pause = crash.pause() == null ? null : crash.pause().estimate();
    this.expected = new DrillReport.Expected(crash.promote(), 0, fewestCopies - 1, pause);
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
    failovers = (int) since.stream().map(Failover::memberId).distinct().count();
    since.stream()
        .filter(each -> each.memberId().equals(member.id()))
        .findFirst()
        .ifPresent(each -> failover = each);
    fewestCopies = Math.min(fewestCopies, view.fewestInSync());
    Member seen = view.member(member.id());
    if (seen == null && kind != DrillKind.CRASH) {
      return end(member.name() + " was removed instead of suspended.");
    }
    boolean silent = seen == null || seen.suspended();
    if (suspended == null && (silent || failover != null)) {
      suspended = start.millis(now);
    }
    long sinceBegin = now - start.nanos();
    if (state == State.SUFFERING && sinceBegin >= kind.length().toNanos()) {
      // A crash lasts until the others have noticed it.
      state = kind == DrillKind.CRASH && suspended == null ? State.SUFFERING : State.RETURNING;
    }
    if (state == State.RETURNING && isBack(view) && Drill.allInSync(view)) {
      returned = start.millis(now);
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
                        ? each.name().equals(member.name())
                        : each.id().equals(member.id())));
  }

  private Next end(String why) {
    trouble = why;
    state = State.OVER;
    return Next.END;
  }

  @Override
  public void probed(Probe seen) {
    probe = seen;
    if (seen != null && trouble.isEmpty()) {
      trouble = seen.trouble();
    }
  }

  @Override
  public DrillReport report() {
    boolean over = state == State.OVER;
    Integer lost = failover == null ? null : (Integer) failover.partitionsLost();
    boolean passed = trouble.isEmpty() && failovers == 1 && lost != null && lost == 0;
    double pause = failover == null ? -1 : WhatIfDocument.pauseOf(failover);
    return new DrillReport(
        start.id(),
        kind.word(),
        member.name(),
        member.id(),
        start.who(),
        start.at(),
        start.before().slot(),
        state == State.SUFFERING ? kind.state() : state.name().toLowerCase(Locale.ROOT),
        over ? verdict(passed, lost) : "",
        over ? (Boolean) passed : null,
        expected,
        null,
        null,
        returned,
        fewestCopies,
        failovers,
        suspended,
        failover == null ? null : (Integer) failover.primariesMoved(),
        lost,
        pause < 0 ? null : (Double) pause,
        probe);
  }

  private String verdict(boolean passed, Integer lost) {
    if (passed) {
      return member.name()
          + (kind == DrillKind.CRASH
              ? " crashed, its backups took over, and it came back; nothing was lost."
              : " was suspended, its backups took over, and it came back; nothing was lost.");
    } else if (!trouble.isEmpty()) {
      return trouble;
    }
    return lost != null && lost > 0
        ? lost + " partitions were lost."
        : failovers + " failovers began meanwhile; one was expected.";
  }
}
