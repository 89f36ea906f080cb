package io.henge.replication.node;

/** A value, processor or result is larger than allowed: nothing was done, and repeating is vain. */
public final class ValueTooLargeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** Creates an exception that names cache, size and limit. */
  public ValueTooLargeException(String message) {
    super(message);
  }
}
