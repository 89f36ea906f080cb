package io.henge.admin.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts failed log-ins and says when to stop trying for a minute: after five by one name from one
 * address, 50 from one address, 100 by one name. So nobody can try passwords out, and a stranger
 * elsewhere cannot lock a user out with a few tries. Bounded; thread-safe.
 */
final class LoginLimiter {

  /** Set on a request that was refused without looking at its password. */
  static final String LIMITED = LoginLimiter.class.getName() + ".limited";

  /** Failures of one name from one address within a minute. */
  static final int MOST_FAILURES = 5;

  private static final int MOST_OF_ADDRESS = 50;
  private static final int MOST_OF_NAME = 100;
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_KEYS = 10_000;

  private record Failures(long since, int count) {}

  /** The longest unchanged first. */
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  /** Whether a try is to be refused unseen. */
  synchronized boolean isLimited(long now, String name, String address) {
    return count(now, both(name, address)) >= MOST_FAILURES
        || count(now, ofAddress(address)) >= MOST_OF_ADDRESS
        || count(now, ofName(name)) >= MOST_OF_NAME;
  }

  /** A try failed. */
  synchronized void failed(long now, String name, String address) {
    for (String key : List.of(both(name, address), ofAddress(address), ofName(name))) {
      Failures known = failures.remove(key);
      boolean fresh = known == null || now - known.since >= WINDOW_NANOS;
      failures.put(key, fresh ? new Failures(now, 1) : new Failures(known.since, known.count + 1));
    }
    while (failures.size() > MOST_KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** A try succeeded: what the user mistyped from there is forgotten. */
  synchronized void succeeded(String name, String address) {
    failures.remove(both(name, address));
  }

  private int count(long now, String key) {
    Failures known = failures.get(key);
    return known == null || now - known.since >= WINDOW_NANOS ? 0 : known.count;
  }

  private static String both(String name, String address) {
    return "b " + address + " " + name;
  }

  private static String ofAddress(String address) {
    return "a " + address;
  }

  private static String ofName(String name) {
    return "n " + name;
  }
}
