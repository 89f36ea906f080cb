package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import java.util.List;
import java.util.Locale;

/**
 * One drain drill: a member hands over everything, and takes its share again. Decides by the views
 * that it is shown; whoever shows them does what it says. Not thread-safe.
 */
final class DrainDrill extends MeasuredDrill {

  private enum State {
    DRAINING,
    RETURNING
  }

  private State state = State.DRAINING;
  private long returning;
  private Double handedOver;
  private Double empty;

  /**
   * Begins a drill, right after the drain was decided.
   *
   * @param promote primaries that were foretold to move
   * @param rebuild copies that were foretold to be made
   */
  DrainDrill(DrillStart start, int promote, int rebuild) {
    super(start, new DrillReport.Expected(promote, rebuild, start.before().fewestInSync(), null));
  }

  /** The member takes its share again. */
  @Override
  public void stop(String why) {
    if (state == State.DRAINING && !over()) {
      note(why);
    }
  }

  @Override
  public void abandon() {
    end("The node that this console talks to is gone; the member may still drain.");
  }

  @Override
  public Next step(View view, List<Failover> since, long now) {
    look(view, since.size());
    if (over()) {
      return Next.END;
    }
    Member seen = view.member(member().id());
    if (seen == null) {
      return end(member().name() + " is no member any more.");
    }
    return switch (state) {
      case DRAINING -> draining(seen, now);
      case RETURNING -> returning(seen, view, now);
    };
  }

  private Next draining(Member seen, long now) {
    if (seen.primaries() == 0 && handedOver == null) {
      handedOver = start().millis(now);
    }
    if (seen.primaries() + seen.backups() + seen.learners() == 0) {
      empty = start().millis(now);
    } else if (trouble().isEmpty() && failovers() > 0) {
      note("A failover began meanwhile.");
    } else if (trouble().isEmpty() && now - start().nanos() >= LIMIT.toNanos()) {
      note("It was not empty within " + LIMIT.toSeconds() + " s.");
    }
    if (empty == null && trouble().isEmpty()) {
      return Next.WAIT;
    }
    state = State.RETURNING;
    returning = now;
    return Next.UNDRAIN;
  }

  private Next returning(Member seen, View view, long now) {
    boolean holds = empty == null || seen.primaries() + seen.backups() > 0;
    if (seen.state().equals("active") && holds && Drill.allInSync(view)) {
      noteReturn(now);
      return end(trouble());
    }
    if (now - returning >= LIMIT.toNanos()) {
      return end(
          trouble().isEmpty()
              ? "Its copies were not all back within " + LIMIT.toSeconds() + " s; they still come."
              : trouble());
    }
    return Next.WAIT;
  }

  @Override
  public DrillReport report() {
    boolean fewer = fewestCopies() < expected().fewestCopies();
    boolean passed = trouble().isEmpty() && failovers() == 0 && !fewer;
    return new DrillReport(
        start().id(),
        DrillKind.DRAIN.word(),
        member().name(),
        member().id(),
        start().who(),
        start().at(),
        start().before().slot(),
        over() ? "over" : state.name().toLowerCase(Locale.ROOT),
        over() ? verdict(passed, fewer) : "",
        over() ? (Boolean) passed : null,
        expected(),
        handedOver,
        empty,
        returned(),
        fewestCopies(),
        failovers(),
        null,
        null,
        null,
        null,
        probe());
  }

  private String verdict(boolean passed, boolean fewer) {
    if (passed) {
      return member().name()
          + " handed over everything and has its share again; no partition had fewer copies"
          + " meanwhile.";
    }
    return trouble().isEmpty() && fewer
        ? "A partition had fewer in-sync copies meanwhile than before."
        : trouble().isEmpty() ? "A failover began meanwhile." : trouble();
  }
}
