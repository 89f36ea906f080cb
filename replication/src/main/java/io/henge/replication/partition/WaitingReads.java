package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.StoredValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads that met an uncommitted expiry: they are answered when it is committed. Bounded. */
final class WaitingReads {

  /**
   * A read that waits.
   *
   * @param index the effect that it waits for
   * @param request the read
   * @param answer what to answer then; null to read again
   */
  record Waiting(long index, Request request, StoredValue answer) {}

  private final int limit;
  private final List<Waiting> waiting = new ArrayList<>();

  WaitingReads(int limit) {
    this.limit = limit;
  }

  /** Lets a read wait, once; returns false if too many do. */
  boolean add(Waiting read) {
    for (Waiting other : waiting) {
      if (other.request().id().equals(read.request().id())) {
        return true;
      }
    }
    return waiting.size() < limit && waiting.add(read);
  }

  /** Takes out those whose effect is committed. */
  List<Waiting> takeUpTo(long commit) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Waiting> ready = new ArrayList<>();
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      if (next.index() <= commit) {
        ready.add(next);
        each.remove();
      }
    }
    return ready;
  }

  /** Takes out all. */
  List<Waiting> takeAll() {
    return takeUpTo(Long.MAX_VALUE);
  }
}
