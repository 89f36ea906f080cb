package io.henge.replication.partition;

import io.henge.replication.routing.MemberLoads;
import io.henge.replication.routing.ReadRouter;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The copies that one read asks, one after the other until one answers: the router's choice first,
 * others soon if that one is silent or cannot tell, and when all were asked the primary, as
 * anything else. Tells the router how each did. Steps with its session only.
 */
public final class ReadAttempts {

  /** A silent copy gets this many times its usual response time before another is asked. */
  private static final int PATIENCE = 8;

  /** But at least this part of the time after which requests are repeated. */
  private static final int LEAST_PATIENCE = 32;

  private record Sent(int attempt, MemberId to, long at) {}

  private final ReadRouter router;
  private final List<MemberId> asked = new ArrayList<>(4);
  private final List<Sent> open = new ArrayList<>(4);
  private MemberId first;
  private boolean exhausted;

  /**
   * Creates the attempts of a read.
   *
   * @param first whom to ask first, null to leave that to the router
   */
  public ReadAttempts(ReadRouter router, MemberId first) {
    this.router = router;
    this.first = first;
  }

  /** The copy to ask now; {@code copies} has the primary first and is not empty. */
  MemberId next(int partition, List<MemberId> copies, long now) {
    MemberId next = first;
    first = null;
    if (next == null && !exhausted) {
      next = router.choose(partition, copies, asked, now);
    }
    if (next == null) {
      exhausted = true;
      return copies.get(0);
    }
    asked.add(next);
    return next;
  }

  /** Whether a copy is left that was not asked. */
  boolean othersLeft(List<MemberId> copies) {
    return !exhausted && !asked.containsAll(copies);
  }

  /** The assignment has changed: all copies may be asked anew. */
  void beginAgain() {
    asked.clear();
    exhausted = false;
  }

  /** How long to wait for a copy before another is asked. */
  long patience(MemberId copy, long retry, long now) {
    long usual = PATIENCE * router.loads().expected(copy, now);
    return Math.min(retry, Math.max(retry / LEAST_PATIENCE, usual));
  }

  void sent(int attempt, MemberId to, long now) {
    for (Sent each : open) {
      router.loads().slow(each.to(), now - each.at(), now);
    }
    open.add(new Sent(attempt, to, now));
    router.loads().asked(to);
  }

  /** An attempt was answered: with a value, or with a refusal, which must not look quick. */
  void answered(int attempt, boolean refused, long retry, long now) {
    MemberLoads loads = router.loads();
    for (Iterator<Sent> i = open.iterator(); i.hasNext(); ) {
      Sent each = i.next();
      if (each.attempt() == attempt) {
        i.remove();
        if (refused) {
          loads.dropped(each.to());
          loads.slow(each.to(), retry / LEAST_PATIENCE, now);
        } else {
          loads.answered(each.to(), now - each.at(), now);
        }
      }
    }
  }

  /** The read has ended: nobody waits for the rest of the answers. */
  void ended() {
    for (Sent each : open) {
      router.loads().dropped(each.to());
    }
    open.clear();
  }
}
