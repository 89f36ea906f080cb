package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One drain drill: a member hands over everything, and takes its share again. Decides by the views
 * that it is shown; whoever shows them does what it says. Not thread-safe.
 */
final class DrainDrill implements Drill {

  private static final double NANOS_PER_MILLI = 1e6;

  private enum State {
    DRAINING,
    RETURNING,
    OVER
  }

  private final long id;
  private final Member member;
  private final String who;
  private final Instant at;
  private final View before;
  private final DrillReport.Expected expected;
  private final long began;

  private State state = State.DRAINING;
  private String trouble = "";
  private long returning;
  private Double handedOver;
  private Double empty;
  private Double returned;
  private int fewestCopies;
  private int failovers;

  /**
   * Begins a drill, right after the drain was decided.
   *
   * @param before the view before it
   * @param promote primaries that were foretold to move
   * @param rebuild copies that were foretold to be made
   * @param now nanoseconds on any clock that only goes forward
   */
  DrainDrill(
      long id,
      Member member,
      String who,
      Instant at,
      View before,
      int promote,
      int rebuild,
      long now) {
    this.id = id;
    this.member = member;
    this.who = who;
    this.at = at;
    this.before = before;
    this.fewestCopies = before.fewestInSync();
    this.expected = new DrillReport.Expected(promote, rebuild, fewestCopies, null);
    this.began = now;
  }

  private boolean over() {
    return state == State.OVER;
  }

  /** The member takes its share again. */
  @Override
  public void stop(String why) {
    if (state == State.DRAINING) {
      trouble = why;
    }
  }

  @Override
  public void abandon() {
    end("The node that this console talks to is gone; the member may still drain.");
  }

  @Override
  public Next step(View view, List<Failover> since, long now) {
    failovers = since.size();
    fewestCopies = Math.min(fewestCopies, view.fewestInSync());
    Member seen = view.member(member.id());
    if (seen == null && state != State.OVER) {
      return end(member.name() + " is no member any more.");
    }
    return switch (state) {
      case DRAINING -> draining(seen, now);
      case RETURNING -> returning(seen, view, now);
      case OVER -> Next.END;
    };
  }

  private Next draining(Member seen, long now) {
    if (seen.primaries() == 0 && handedOver == null) {
      handedOver = millis(now);
    }
    if (seen.primaries() + seen.backups() + seen.learners() == 0) {
      empty = millis(now);
    } else if (trouble.isEmpty() && failovers > 0) {
      trouble = "A failover began meanwhile.";
    } else if (trouble.isEmpty() && now - began >= LIMIT.toNanos()) {
      trouble = "It was not empty within " + LIMIT.toSeconds() + " s.";
    }
    if (empty == null && trouble.isEmpty()) {
      return Next.WAIT;
    }
    state = State.RETURNING;
    returning = now;
    return Next.UNDRAIN;
  }

  private Next returning(Member seen, View view, long now) {
    boolean holds = empty == null || seen.primaries() + seen.backups() > 0;
    if (seen.state().equals("active") && holds && Drill.allInSync(view)) {
      returned = millis(now);
      return end(trouble);
    }
    if (now - returning >= LIMIT.toNanos()) {
      return end(
          trouble.isEmpty()
              ? "Its copies were not all back within " + LIMIT.toSeconds() + " s; they still come."
              : trouble);
    }
    return Next.WAIT;
  }

  private Next end(String why) {
    trouble = why; // the last trouble is what the report tells
    state = State.OVER;
    return Next.END;
  }

  @Override
  public DrillReport report() {
    boolean fewer = fewestCopies < expected.fewestCopies();
    boolean passed = trouble.isEmpty() && failovers == 0 && !fewer;
    return new DrillReport(
        id,
        "drain",
        member.name(),
        member.id(),
        who,
        at,
        before.slot(),
        state.name().toLowerCase(Locale.ROOT),
        over() ? verdict(passed, fewer) : "",
        over() ? (Boolean) passed : null,
        expected,
        handedOver,
        empty,
        returned,
        fewestCopies,
        failovers,
        null,
        null,
        null,
        null);
  }

  private String verdict(boolean passed, boolean fewer) {
    if (passed) {
      return member.name()
          + " handed over everything and has its share again; no partition had fewer copies"
          + " meanwhile.";
    }
    return trouble.isEmpty() && fewer
        ? "A partition had fewer in-sync copies meanwhile than before."
        : trouble.isEmpty() ? "A failover began meanwhile." : trouble;
  }

  private double millis(long now) {
    return (now - began) / NANOS_PER_MILLI;
  }
}
