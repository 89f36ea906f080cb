package io.henge.replication.simulation.world;

import io.henge.replication.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A process: runs one step at a time, may be paused (a long garbage collection, SIGSTOP) and may
 * die. While it is paused its input waits; the timer that came due meanwhile fires once, late. Its
 * clock is monotonic, starts anywhere (also below zero) and runs at a slightly wrong rate.
 */
public final class SimulatedProcess {

  private enum State {
    RUNNING,
    PAUSED,
    DEAD
  }

  /** What a paused process's sockets hold before the peers' sends are lost. */
  private static final int BACKLOG_LIMIT = 20_000;

  private final EventQueue events;
  private final SeededRandom random;
  private final long clockOffset;
  private final double clockRate;
  private final List<Runnable> backlog = new ArrayList<>();
  private State state = State.RUNNING;
  private long pausedUntil;
  private Runnable lateTimer;

  /**
   * Creates a running process.
   *
   * @param random decides in which order things happen when a pause ends
   * @param clockOffset what its clock shows at time 0
   * @param clockRate nanoseconds that its clock advances in one true nanosecond
   */
  public SimulatedProcess(
      EventQueue events, SeededRandom random, long clockOffset, double clockRate) {
    this.events = events;
    this.random = random;
    this.clockOffset = clockOffset;
    this.clockRate = clockRate;
  }

  /** What its clock shows now. */
  public long clock() {
    return clockOffset + (long) (events.now() * clockRate);
  }

  /** The true time at which its clock shows {@code clock}. */
  public double trueTime(long clock) {
    return (clock - clockOffset) / clockRate;
  }

  /** Tells whether it is not dead; it may be paused. */
  public boolean alive() {
    return state != State.DEAD;
  }

  /** Tells whether it runs. */
  public boolean running() {
    return state == State.RUNNING;
  }

  /** Takes a step now, or when the pause is over, or never if it is dead. */
  public void step(Runnable step) {
    switch (state) {
      case RUNNING -> step.run();
      case PAUSED -> {
        if (backlog.size() < BACKLOG_LIMIT) {
          backlog.add(step);
        }
      }
      case DEAD -> {}
    }
  }

  /** Calls {@code tick} every {@code period} nanoseconds of its own clock while it lives. */
  public void every(long period, Runnable tick) {
    long truePeriod = Math.max(1, (long) (period / clockRate));
    events.after(
        truePeriod,
        () -> {
          switch (state) {
            case RUNNING -> tick.run();
            case PAUSED -> lateTimer = tick;
            case DEAD -> {
              return;
            }
          }
          every(period, tick);
        });
  }

  /** Stops it until a true time; a longer pause under way stays. */
  public void pauseUntil(long end) {
    if (state == State.DEAD || end <= pausedUntil) {
      return;
    }
    state = State.PAUSED;
    pausedUntil = end;
    events.at(end, this::resumeIfDue);
  }

  /** Ends a pause now. */
  public void resume() {
    pausedUntil = Math.min(pausedUntil, events.now());
    resumeIfDue();
  }

  /** Ends it for good. */
  public void kill() {
    state = State.DEAD;
    backlog.clear();
    lateTimer = null;
  }

  private void resumeIfDue() {
    if (state != State.PAUSED || events.now() < pausedUntil) {
      return;
    }
    state = State.RUNNING;
    List<Runnable> late = new ArrayList<>(backlog);
    backlog.clear();
    if (lateTimer != null) {
      late.add(random.below(late.size() + 1), lateTimer);
      lateTimer = null;
    }
    for (Runnable step : late) {
      step(step);
    }
  }
}
