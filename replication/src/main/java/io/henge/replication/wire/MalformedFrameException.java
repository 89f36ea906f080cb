package io.henge.replication.wire;

/** Bytes that no member of this version wrote: truncated, oversized or of an unknown type. */
public final class MalformedFrameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with what was wrong and where. */
  public MalformedFrameException(String message) {
    super(message);
  }
}
