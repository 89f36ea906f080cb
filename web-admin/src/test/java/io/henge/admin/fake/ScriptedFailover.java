package io.henge.admin.fake;

import io.henge.replication.node.management.CallersView;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.node.management.PhaseView;

/** A failover whose copies are rebuilt little by little. */
final class ScriptedFailover {

  private final long slot;
  private final ScriptedRing.Loss loss;
  private final long millis = System.currentTimeMillis();
  private int rebuilt;
  private double endMillis = -1;

  ScriptedFailover(long slot, ScriptedRing.Loss loss) {
    this.slot = slot;
    this.loss = loss;
  }

  void rebuilt(int copies) {
    rebuilt = Math.min(loss.copies(), rebuilt + copies);
    if (isOver() && endMillis < 0) {
      endMillis = 512 + System.currentTimeMillis() - millis;
    }
  }

  boolean isOver() {
    return rebuilt == loss.copies();
  }

  String sentence() {
    return loss.member()
        + " crashed. Its "
        + loss.primaries()
        + " primaries moved in 0.51 s and nothing was lost; "
        + (loss.copies() - rebuilt)
        + " of "
        + loss.copies()
        + " copies are still being rebuilt. Nothing to do.";
  }

  FailoverView view() {
    PhaseView[] phases = {
      new PhaseView("suspect", 0, 21, slot - 1),
      new PhaseView("agree", 21, 47, slot),
      new PhaseView("barrier", 47, 486, -1),
      new PhaseView("promote", 486, 512, -1),
      new PhaseView("replicate", 512, endMillis, -1)
    };
    return new FailoverView(
        slot,
        ScriptedRing.id(loss.member()),
        loss.member(),
        "CRASH",
        "The socket to " + loss.member() + " was closed and a probe was not answered.",
        "node-a",
        millis,
        false,
        62,
        loss.primaries(),
        loss.copies(),
        rebuilt,
        0,
        new CallersView(31, 37, 0, 0, 534),
        phases);
  }
}
