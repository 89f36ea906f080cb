package io.henge.replication.node;

/** The operation timed out under way: it took effect at most once, and may still do so. */
public class OperationUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says which cache, partition and member, why, what to do. */
  public OperationUnknownException(String message) {
    super(message);
  }
}
