package io.henge.replication.partition;

/** How far a transfer of the map has come in; outlives changes of the epoch. */
final class IncomingTransfer {

  long id;
  int nextChunk;
  boolean allIn;
  long completeAt;

  void begin(long transfer) {
    id = transfer;
    nextChunk = 0;
    allIn = false;
    completeAt = 0;
  }
}
