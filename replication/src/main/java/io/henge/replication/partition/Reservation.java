package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.StoredValue;
import java.util.ArrayDeque;
import java.util.Deque;

/** A key that is granted to one operation while user code runs (PROTOCOL 4.12). */
final class Reservation {

  final long since;

  /** Its newest attempt. */
  Request owner;

  /** What the owner shows as the version that its code ran on. */
  final long ticket;

  final Deque<Request> waiting = new ArrayDeque<>();

  /** What the code runs on. */
  StoredValue head;

  long lastHeard;

  Reservation(Request owner, StoredValue head, long ticket, long now) {
    this.owner = owner;
    this.head = head;
    this.ticket = ticket;
    this.since = now;
    this.lastHeard = now;
  }

  /** Its owner has asked again. */
  void heard(Request again, long now) {
    lastHeard = now;
    owner = again.attempt() > owner.attempt() ? again : owner;
  }

  /** Whether the code runs at the primary. */
  boolean local() {
    return owner.operation() instanceof Operation.RunProcessor;
  }

  /** Whether the entry is still what the code ran on; absent is absent, whatever made it so. */
  boolean standsOn(StoredValue now) {
    return now.version() == head.version() || (!now.present() && !head.present());
  }

  /** Queues a request once; returns false if the queue is full. */
  boolean enqueue(Request request, int limit) {
    for (Request other : waiting) {
      if (other.id().equals(request.id())) {
        return true;
      }
    }
    return waiting.size() < limit && waiting.add(request);
  }
}
