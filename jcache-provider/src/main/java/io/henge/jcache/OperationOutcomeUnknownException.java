package io.henge.jcache;

import javax.cache.CacheException;

/**
 * The operation timed out under way. It took effect at most once, and may still do so: read the
 * entry before repeating what is not idempotent.
 */
public class OperationOutcomeUnknownException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says which cache, partition and member, why, what to do. */
  public OperationOutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
