package io.henge.admin.action;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the last 1,000 actions by the key that came with them, so that one that is sent twice
 * is done once. Thread-safe.
 */
@ApplicationScoped
public class DoneOnce {

  /** How many are remembered. */
  static final int KEPT = 1000;

  /** What became of a key. */
  public enum Claim {
    /** The caller does it now. */
    NEW,
    /** The same was asked for before. */
    REPEATED,
    /** Something else was asked for under this key before. */
    MISUSED
  }

  private final Map<String, String> actions = new LinkedHashMap<>();

  /** Claims a key of a user for an action. */
  public synchronized Claim claim(String user, String key, String action) {
    String known = actions.putIfAbsent(user + "\n" + key, action);
    if (known == null) {
      if (actions.size() > KEPT) {
        actions.remove(actions.keySet().iterator().next());
      }
      return Claim.NEW;
    }
    return known.equals(action) ? Claim.REPEATED : Claim.MISUSED;
  }

  /** The action was refused: the key may be used again. */
  public synchronized void forget(String user, String key) {
    actions.remove(user + "\n" + key);
  }
}
