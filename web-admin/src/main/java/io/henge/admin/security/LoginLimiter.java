package io.henge.admin.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts failed log-ins for each address and each name, and says when to stop trying: after five
 * within a minute nobody from there, and nobody by that name, may try until the minute is over.
 * Bounded; thread-safe.
 */
final class LoginLimiter {

  /** Set on a request that was refused without looking at its password. */
  static final String LIMITED = LoginLimiter.class.getName() + ".limited";

  /** Failures within a minute. */
  static final int MOST_FAILURES = 5;

  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_KEYS = 10_000;

  private record Failures(long since, int count) {}

  /** By address or name, the longest unchanged first. */
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  /** Whether a try by any of these keys is to be refused unseen. */
  synchronized boolean isLimited(long now, String... keys) {
    for (String key : keys) {
      Failures known = failures.get(key);
      if (known != null && now - known.since < WINDOW_NANOS && known.count >= MOST_FAILURES) {
        return true;
      }
    }
    return false;
  }

  /** A try failed. */
  synchronized void failed(long now, String... keys) {
    for (String key : keys) {
      Failures known = failures.remove(key);
      boolean fresh = known == null || now - known.since >= WINDOW_NANOS;
      failures.put(key, fresh ? new Failures(now, 1) : new Failures(known.since, known.count + 1));
    }
    while (failures.size() > MOST_KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** A try succeeded: the name's failures are forgotten, the address's are not. */
  synchronized void succeeded(String name) {
    failures.remove(name);
  }
}
