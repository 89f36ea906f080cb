package io.henge.replication.membership;

import io.henge.replication.membership.Command.TransferPrimary;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The primaries that the leader has asked to yield to another replica. Each proposes its successor
 * itself, when no user code runs under it any more (PROTOCOL 4.12). Until that is decided it begins
 * no code, so they are asked when the log is free, and what they answer at once is decided in one
 * slot.
 */
final class Yields {

  /** How long the answers of those where no code runs are waited for. */
  private static final long GATHER = 10_000_000L;

  /** A question or its answer that was lost is repeated after so long. */
  private static final long AGAIN_AFTER = 100_000_000L;

  private final ClusterLog log;
  private final Outbox outbox;

  /** When each was asked last. */
  private final Map<TransferPrimary, Long> asked = new LinkedHashMap<>();

  private boolean open;
  private long gatherUntil;

  Yields(ClusterLog log, Outbox outbox) {
    this.log = log;
    this.outbox = outbox;
  }

  /** Asks a primary to yield, unless it was asked just now or the change no longer fits. */
  void ask(TransferPrimary transfer, long now) {
    Long before = asked.get(transfer);
    if (!log.fits(transfer) || (before != null && now - before < AGAIN_AFTER)) {
      return;
    }
    asked.put(transfer, now);
    open = true;
    gatherUntil = now + GATHER;
    ClusterState state = log.state();
    outbox.send(
        state.partition(transfer.partition()).primary(),
        new ControlMessage.Yield(
            state.clusterId(), transfer.partition(), transfer.epoch(), transfer.to()));
  }

  /** A primary proposes its successor, or somebody else does. */
  void proposed(TransferPrimary transfer) {
    asked.remove(transfer);
  }

  /** A slot was applied: what no longer fits is not waited for. */
  void applied() {
    asked.keySet().removeIf(transfer -> !log.fits(transfer));
  }

  /** Whether more answers are about to come. */
  boolean gathering(long now) {
    return open && !asked.isEmpty() && now < gatherUntil;
  }

  /** Whether primaries were asked since the last call: what they answered is not to wait. */
  boolean takeAsked() {
    boolean taken = open;
    open = false;
    return taken;
  }

  void clear() {
    asked.clear();
    open = false;
  }
}
