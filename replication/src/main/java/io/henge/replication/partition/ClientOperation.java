package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;

/** One operation of a caller, from its first sending to its end. Steps with its session only. */
public final class ClientOperation {

  /** Where an operation stands. */
  enum Stage {
    /** Waits for a primary that may be asked. */
    ROUTING,
    /** Sent, not answered. */
    SENT,
    /** Refused for now. */
    BACKOFF,
    /** The key is reserved and the caller's code runs. */
    HOLDING,
    /** Ended. */
    FINISHED
  }

  private final OperationId id;
  private final int partition;
  private final EntryKey key;
  private final Object attachment;

  /** The copies that it asks if it is a read that may ask any; null if only the primary will do. */
  final ReadAttempts reads;

  Operation operation;
  Stage stage = Stage.ROUTING;
  MemberId target;
  int attempt;
  int refusals;

  /** Whether anything that may change the entry was ever sent under its id. */
  boolean everSent;

  /** Whether its reservation was given by a cluster of which the present one was founded again. */
  boolean formerGrant;

  /** How often it had to be tried again. */
  int repeats;

  /** When it was last sent, and how many bytes. */
  long sentAt;

  int sentBytes;
  long deadline;
  long nextAction;
  AnswerStatus lastRefusal;
  private final long begun;

  ClientOperation(
      OperationId id,
      int partition,
      EntryKey key,
      Operation operation,
      ReadAttempts reads,
      Object attachment,
      long begun,
      long deadline) {
    this.id = id;
    this.partition = partition;
    this.key = key;
    this.operation = operation;
    this.reads = reads;
    this.attachment = attachment;
    this.begun = begun;
    this.deadline = deadline;
  }

  /** Its id, the same at each attempt. */
  public OperationId id() {
    return id;
  }

  /** The partition that holds its key. */
  public int partition() {
    return partition;
  }

  /** The entry it is about. */
  public EntryKey key() {
    return key;
  }

  /** What the caller attached. */
  public Object attachment() {
    return attachment;
  }

  /** How often it was sent. */
  public int attempts() {
    return attempt;
  }

  /** When it began, on the session's clock. */
  public long begun() {
    return begun;
  }

  /**
   * How often it had to be tried again: the member that was asked refused, was silent, or is no
   * longer the one to ask, or there was none to ask. 0 for almost all.
   */
  public int repeats() {
    return repeats;
  }

  @Override
  public String toString() {
    return id + " on partition " + partition + " " + stage + " attempt " + attempt;
  }
}
