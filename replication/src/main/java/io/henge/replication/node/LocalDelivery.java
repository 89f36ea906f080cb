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

  // Instance fields on purpose, with values of the JDK's own types: what the callers' threads keep
  // of
  // them after the node's end holds no class of the application.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Deque<PartitionMessage>> pending =
      ThreadLocal.withInitial(ArrayDeque::new);

  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  private final Consumer<PartitionMessage> receiver;

  LocalDelivery(Consumer<PartitionMessage> receiver) {
    this.receiver = receiver;
  }

  /** Runs a step; the outermost one of a thread delivers what it and its inner steps left. */
  void run(Runnable step) {
    if (inside.get()) {
      step.run();
      return;
    }
    Deque<PartitionMessage> messages = pending.get();
    inside.set(true);
    try {
      step.run();
      for (PartitionMessage next = messages.poll(); next != null; next = messages.poll()) {
        receiver.accept(next);
      }
    } finally {
      inside.set(false);
      messages.clear();
    }
  }

  /** Leaves a message for the end of the step that is running. */
  void later(PartitionMessage message) {
    if (!inside.get()) {
      throw new IllegalStateException("a message to itself outside a step: " + message);
    }
    pending.get().add(message);
  }
}
