package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks the cluster for something again and again until it is there: a single request may be lost on
 * its way to the leader. Callers wait for at most the operation timeout. Thread-safe.
 */
final class ClusterRequests {

  private static final long REPEAT_NANOS = 200_000_000L;

  private final NodeSettings settings;
  private final Supplier<Incarnation> node;
  private final BooleanSupplier closed;

  /** Asks through the present life of a node. */
  ClusterRequests(NodeSettings settings, Supplier<Incarnation> node, BooleanSupplier closed) {
    this.settings = settings;
    this.node = node;
    this.closed = closed;
  }

  /** The cluster's state, as soon as this member is in a cluster. */
  ClusterState state(String what) {
    return propose(what, null, now -> true);
  }

  /**
   * Proposes a command, if there is one, until the state is as wanted.
   *
   * @param what the action, for the message of the exception
   * @throws OperationRefusedException if that takes longer than the operation timeout
   */
  ClusterState propose(String what, Command command, Predicate<ClusterState> done) {
    return repeat(
        what,
        now -> {
          if (command != null) {
            now.propose(command);
          }
        },
        now -> {
          ClusterState state = now.state();
          return state != null && done.test(state) ? state : null;
        });
  }

  /**
   * Asks, as long as this member is in a cluster, until there is an outcome.
   *
   * @param outcome null as long as there is none; looked at after each slot, and now and then
   * @throws OperationRefusedException if that takes longer than the operation timeout
   */
  <T> T repeat(String what, Consumer<Incarnation> asking, Function<Incarnation, T> outcome) {
    long deadline = System.nanoTime() + settings.operationTimeout().toNanos();
    try {
      while (!closed.getAsBoolean()) {
        Incarnation now = node.get();
        T result = outcome.apply(now);
        if (result != null) {
          return result;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new OperationRefusedException(what + ": " + whyNot(now));
        }
        if (now.state() != null) {
          asking.accept(now);
        }
        now.awaitChange(now.slot(), Math.min(left, REPEAT_NANOS));
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new OperationRefusedException(what + ": the calling thread was interrupted");
    }
    throw new OperationRefusedException(what + ": the node is closed");
  }

  private String whyNot(Incarnation now) {
    if (now.state() == null) {
      return "node "
          + settings.nodeName()
          + " found no cluster within "
          + settings.operationTimeout().toMillis()
          + " ms; bootstrap is "
          + settings.bootstrap()
          + (settings.seeds().isEmpty() ? "" : ", the listed hosts are " + settings.seeds());
    }
    return "no majority of the voters agreed within "
        + settings.operationTimeout().toMillis()
        + " ms; it may still happen";
  }
}
