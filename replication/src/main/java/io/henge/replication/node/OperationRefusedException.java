package io.henge.replication.node;

/** The operation was not done and never will be; it is safe to repeat it. */
public class OperationRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says which cache, partition and member, why, what to do. */
  public OperationRefusedException(String message) {
    super(message);
  }
}
