package io.henge.jcache;

import javax.cache.CacheException;

/**
 * The operation was not done and never will be: there is no quorum, no in-sync replica, or the
 * member is leaving. It is safe to repeat it. Of a bulk operation, which is atomic per key only,
 * some keys may have been done.
 */
public class OperationNotDoneException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says which cache, partition and member, why, what to do. */
  public OperationNotDoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
