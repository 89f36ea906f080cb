package io.henge.replication.simulation.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The transcript of a run: one line per thing that happened, the time in milliseconds first. Off,
 * it costs nothing; since a seed replays exactly, a failed run is simply repeated with it on.
 */
public final class Trace {

  private final EventQueue events;
  private final int limit;
  private final Deque<String> lines = new ArrayDeque<>();
  private long total;

  /**
   * Creates a transcript.
   *
   * @param limit how many of the last lines are kept; 0 turns it off
   */
  public Trace(EventQueue events, int limit) {
    this.events = events;
    this.limit = limit;
  }

  /** Tells whether lines are kept. */
  public boolean on() {
    return limit > 0;
  }

  /** Notes what {@code who} did or saw; {@code what} is asked only if lines are kept. */
  public void note(String who, Supplier<String> what) {
    if (limit == 0) {
      return;
    }
    total++;
    if (lines.size() == limit) {
      lines.removeFirst();
    }
    lines.addLast(
        String.format(Locale.ROOT, "%10.3f %-4s %s", events.now() / 1e6, who, what.get()));
  }

  /** The lines kept, the oldest first. */
  public List<String> lines() {
    List<String> kept = new ArrayList<>();
    if (total > lines.size()) {
      kept.add("... " + (total - lines.size()) + " earlier lines left out");
    }
    kept.addAll(lines);
    return kept;
  }
}
