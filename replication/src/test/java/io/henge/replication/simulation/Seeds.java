package io.henge.replication.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a scenario over a range of seeds on all processors; a seed that fails is run again with a
 * transcript, and the failure says how to replay it. System properties: {@code sim.seed} runs
 * exactly one seed with its full transcript, {@code sim.seeds} sets their number, {@code sim.from}
 * the first one, {@code sim.failures} how many may fail before the run stops (1), for long runs
 * that are to find more than one fault.
 */
public final class Seeds {

  private static final Logger LOG = System.getLogger(Seeds.class.getName());
  private static final int TRANSCRIPT_IN_MESSAGE = 150;

  private final Scenario scenario;
  private final String testClass;

  /**
   * Creates a runner.
   *
   * @param testClass the test's simple name, for the replay command
   */
  public Seeds(Scenario scenario, Class<?> testClass) {
    this.scenario = scenario;
    this.testClass = testClass.getSimpleName();
  }

  /**
   * Runs the seeds that the system properties ask for.
   *
   * @param usually how many if they say nothing
   * @throws SimulationFailure if one broke a rule
   */
  public Statistics runAll(int usually) {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      return replay(only);
    }
    long from = Long.getLong("sim.from", 0);
    long count = Long.getLong("sim.seeds", usually);
    Statistics total = new Statistics();
    List<Long> failed = failures(from, count, Integer.getInteger("sim.failures", 1), total);
    if (failed.size() > 1) {
      throw new AssertionError("seeds that failed: " + failed);
    }
    return failed.isEmpty() ? total : replay(failed.get(0));
  }

  /**
   * Runs seeds until one fails, and returns it; the lowest of those found when several processors
   * find one at once.
   *
   * @param total gets the counts of all seeds that passed
   */
  public OptionalLong firstFailure(long from, long count, Statistics total) {
    List<Long> failed = failures(from, count, 1, total);
    return failed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(failed.get(0));
  }

  /** Runs seeds until so many have failed, and returns those in ascending order. */
  private List<Long> failures(long from, long count, int enough, Statistics total) {
    int workers = Runtime.getRuntime().availableProcessors();
    AtomicLong next = new AtomicLong(from);
    Set<Long> failed = new ConcurrentSkipListSet<>();
    Callable<Statistics> worker =
        () -> {
          Statistics mine = new Statistics();
          long seed = next.getAndIncrement();
          while (seed < from + count && failed.size() < enough) {
            try {
              mine.add(scenario.run(seed, 0));
            } catch (SimulationFailure failure) {
              failed.add(seed);
              LOG.log(Level.INFO, "seed {0} failed: {1}", seed, failure.getMessage());
            }
            seed = next.getAndIncrement();
          }
          return mine;
        };
    ExecutorService executor = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Statistics>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(executor.submit(worker));
      }
      for (Future<Statistics> each : running) {
        total.add(each.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while seeds were running", interrupted);
    } catch (ExecutionException broken) {
      throw new IllegalStateException("the simulator itself failed", broken.getCause());
    } finally {
      executor.shutdownNow();
    }
    return List.copyOf(failed);
  }

  /** Runs one seed with its transcript, written to a file whether it fails or not. */
  private Statistics replay(long seed) {
    try {
      return scenario.run(seed, Integer.MAX_VALUE);
    } catch (SimulationFailure failure) {
      List<String> lines = failure.transcript();
      Path file = write(seed, lines);
      String tail =
          String.join(
              System.lineSeparator(),
              lines.subList(Math.max(0, lines.size() - TRANSCRIPT_IN_MESSAGE), lines.size()));
      throw new SimulationFailure(
          String.format(
              "seed %d: %s%n%nreplay: ./mvnw -B -ntp -pl replication verify -Dit.test=%s"
                  + " -Dsim.seed=%d%nwhole transcript (%d lines): %s%n%n%s",
              seed, failure.getMessage(), testClass, seed, lines.size(), file, tail),
          lines,
          failure);
    }
  }

  private static Path write(long seed, List<String> lines) {
    Path file = Path.of("target", "simulation", "seed-" + seed + ".txt");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write the transcript " + file, failed);
    }
    return file;
  }
}
