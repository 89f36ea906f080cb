package io.henge.admin.action;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Writes down every action and every refusal: to the server's log (logger io.henge.admin.audit) and
 * to a list of the last 500 of this console. Thread-safe.
 */
@ApplicationScoped
public class Audit {

  /** How many are kept. */
  static final int KEPT = 500;

  private static final Logger LOGGER = System.getLogger("io.henge.admin.audit");

  private final Deque<AuditEntry> entries = new ArrayDeque<>();

  /** Writes one down. */
  public void add(AuditEntry entry) {
    LOGGER.log(Level.INFO, entry.line());
    synchronized (entries) {
      entries.addLast(entry);
      if (entries.size() > KEPT) {
        entries.removeFirst();
      }
    }
  }

  /** The last ones, newest first. */
  public List<AuditEntry> newest() {
    synchronized (entries) {
      List<AuditEntry> all = new ArrayList<>(entries);
      Collections.reverse(all);
      return all;
    }
  }
}
