package io.henge.replication.partition;

/** How far a transfer of the map has come in; outlives changes of the epoch. */
final class IncomingTransfer {

  long id;
  int nextChunk;
  boolean allIn;
  long completeAt;

  /** Transfers that have begun in the life of this replica. */
  private volatile int count;

  int count() {
    return count;
  }

  void begin(long transfer) {
    count = transfer == 0 ? count : count + 1;
    id = transfer;
    nextChunk = 0;
    allIn = false;
    completeAt = 0;
  }
}
