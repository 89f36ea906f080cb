package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One pause drill: a member renews its lease no more for two seconds, as in a long garbage
 * collection. It is suspended, its backups take over, and it comes back. The member itself ends the
 * pause, so nothing has to be undone here.
 */
final class PauseDrill implements Drill {

  /** Longer than the usual silence until a suspension, far shorter than until a removal. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final double NANOS_PER_MILLI = 1e6;

  private enum State {
    PAUSED,
    RETURNING,
    OVER
  }

  private final long id;
  private final Member member;
  private final String who;
  private final Instant at;
  private final long slot;
  private final DrillReport.Expected expected;
  private final long began;

  private State state = State.PAUSED;
  private String trouble = "";
  private Double suspended;
  private Double returned;
  private int fewestCopies;
  private int failovers;
  private Failover failover;

  /**
   * Begins a drill, right after the member was asked.
   *
   * @param before the view before it
   * @param crash what was foretold for a crash of the member
   * @param now nanoseconds on any clock that only goes forward
   */
  PauseDrill(
      long id, Member member, String who, Instant at, View before, WhatIfDocument crash, long now) {
    this.id = id;
    this.member = member;
    this.who = who;
    this.at = at;
    this.slot = before.slot();
    this.fewestCopies = before.fewestInSync();
    Double pause = crash.pause() == null ? null : crash.pause().estimate();
    this.expected = new DrillReport.Expected(crash.promote(), 0, fewestCopies - 1, pause);
    this.began = now;
  }

  /** A pause ends by itself before anybody could stop it. */
  @Override
  public void stop(String why) {}

  @Override
  public void abandon() {
    end("The node that this console talks to is gone; the member ends its pause by itself.");
  }

  @Override
  public Next step(View view, List<Failover> since, long now) {
    failovers = since.size();
    since.stream()
        .filter(each -> each.memberId().equals(member.id()))
        .findFirst()
        .ifPresent(each -> failover = each);
    fewestCopies = Math.min(fewestCopies, view.fewestInSync());
    Member seen = view.member(member.id());
    if (seen == null) {
      return end(member.name() + " was removed instead of suspended.");
    }
    boolean silent = seen.state().equals("suspended");
    if (suspended == null && (silent || failover != null)) {
      suspended = millis(now);
    }
    if (state == State.PAUSED && now - began >= PAUSE.toNanos()) {
      state = State.RETURNING;
    }
    if (state == State.RETURNING && seen.state().equals("active") && Drill.allInSync(view)) {
      returned = millis(now);
      return end(suspended == null ? "It was not suspended: nobody missed its renewals." : "");
    }
    if (now - began >= PAUSE.plus(LIMIT).toNanos()) {
      return end("Its copies were not all in sync again within " + LIMIT.toSeconds() + " s.");
    }
    return Next.WAIT;
  }

  private Next end(String why) {
    trouble = why;
    state = State.OVER;
    return Next.END;
  }

  @Override
  public DrillReport report() {
    boolean over = state == State.OVER;
    Integer lost = failover == null ? null : (Integer) failover.partitionsLost();
    boolean passed = trouble.isEmpty() && failovers == 1 && lost != null && lost == 0;
    double pause = failover == null ? -1 : WhatIfDocument.pauseOf(failover);
    return new DrillReport(
        id,
        "pause",
        member.name(),
        member.id(),
        who,
        at,
        slot,
        state.name().toLowerCase(Locale.ROOT),
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
        pause < 0 ? null : (Double) pause);
  }

  private String verdict(boolean passed, Integer lost) {
    if (passed) {
      return member.name()
          + " was suspended, its backups took over, and it came back; nothing was lost.";
    } else if (!trouble.isEmpty()) {
      return trouble;
    }
    return lost != null && lost > 0
        ? lost + " partitions were lost."
        : failovers + " failovers began meanwhile; one was expected.";
  }

  private double millis(long now) {
    return (now - began) / NANOS_PER_MILLI;
  }
}
