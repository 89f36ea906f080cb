package io.henge.replication.node;

import io.henge.replication.partition.PartitionMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Delivers what a step addresses to this member itself, on the same thread, after the step has
 * given its locks back: so that no two of the engine's locks are ever taken in both orders.
 * Thread-safe.
 */
final class LocalDelivery {

  private static final class Pending {
    private final Deque<PartitionMessage> messages = new ArrayDeque<>();
    private boolean inside;
  }

  // An instance field on purpose: it dies with its node, and with the class loader behind it.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Pending> pending = ThreadLocal.withInitial(Pending::new);

  private final Consumer<PartitionMessage> receiver;

  LocalDelivery(Consumer<PartitionMessage> receiver) {
    this.receiver = receiver;
  }

  /** Runs a step; the outermost one of a thread delivers what it and its inner steps left. */
  void run(Runnable step) {
    Pending mine = pending.get();
    if (mine.inside) {
      step.run();
      return;
    }
    mine.inside = true;
    try {
      step.run();
      for (PartitionMessage next = mine.messages.poll();
          next != null;
          next = mine.messages.poll()) {
        receiver.accept(next);
      }
    } finally {
      mine.inside = false;
      mine.messages.clear();
      pending.remove();
    }
  }

  /** Leaves a message for the end of the step that is running. */
  void later(PartitionMessage message) {
    Pending mine = pending.get();
    if (!mine.inside) {
      throw new IllegalStateException("a message to itself outside a step: " + message);
    }
    mine.messages.add(message);
  }
}
