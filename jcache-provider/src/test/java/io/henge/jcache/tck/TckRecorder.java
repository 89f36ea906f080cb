package io.henge.jcache.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.runner.Description;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Notes what became of each test of the kit. To JUnit an excluded test, or one of an optional
 * feature that the provider does not have, is a success, because the kit replaces its body by an
 * empty one; only its log tells. Used by one thread.
 */
final class TckRecorder extends RunListener {

  private static final String EXCLUDED = "===== EXCLUDING TEST";

  private final Membership membership;
  private final List<TckResult> results = new ArrayList<>();
  private TckResult.Outcome outcome;
  private String message;
  private long started;

  TckRecorder(Membership membership) {
    this.membership = membership;
    Logger.getLogger("")
        .addHandler(
            new Handler() {
              @Override
              public void publish(LogRecord entry) {
                if (entry.getMessage() != null && entry.getMessage().startsWith(EXCLUDED)) {
                  outcome = TckResult.Outcome.EXCLUDED;
                }
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
  }

  @Override
  public void testStarted(Description test) {
    started = System.nanoTime();
    outcome = TckResult.Outcome.PASSED;
    message = "";
    try {
      membership.ensure(test.getClassName());
    } catch (RuntimeException | AssertionError notReady) {
      // JUnit would go on without a word, as it is not the test that fails.
      testFailure(new Failure(test, notReady));
    }
  }

  @Override
  public void testFailure(Failure failure) {
    if (outcome != TckResult.Outcome.FAILED) {
      // What fails afterwards, as in the tear-down, is mostly a consequence.
      outcome = TckResult.Outcome.FAILED;
      message = String.valueOf(failure.getException());
    }
    System.out.println("FAILED " + failure.getDescription() + "\n" + failure.getTrace());
    if (failure.getDescription().isSuite()) {
      // A class that cannot be set up has no test that finishes.
      add(failure.getDescription().getDisplayName());
    }
  }

  @Override
  public void testAssumptionFailure(Failure failure) {
    outcome = TckResult.Outcome.EXCLUDED;
  }

  @Override
  public void testIgnored(Description test) {
    results.add(new TckResult(TckResult.Outcome.EXCLUDED, name(test), 0, "ignored"));
  }

  @Override
  public void testFinished(Description test) {
    add(name(test));
  }

  private void add(String test) {
    long millis = (System.nanoTime() - started) / 1_000_000;
    TckResult result = new TckResult(outcome, test, millis, message);
    results.add(result);
    outcome = null;
    System.out.println(result.line());
  }

  /** Takes out those that failed by something: they will run again. */
  List<TckResult> takeFailedBy(String text) {
    List<TckResult> taken =
        results.stream()
            .filter(result -> result.outcome() == TckResult.Outcome.FAILED)
            .filter(result -> result.message().contains(text))
            .toList();
    results.removeAll(taken);
    return taken;
  }

  List<String> lines() {
    return results.stream().map(TckResult::line).toList();
  }

  private static String name(Description test) {
    return test.getClassName() + "#" + test.getMethodName();
  }
}
