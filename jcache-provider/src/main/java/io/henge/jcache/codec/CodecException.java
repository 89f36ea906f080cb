package io.henge.jcache.codec;

import javax.cache.CacheException;

/** A key, value or processor that cannot become bytes, or bytes that cannot become an object. */
public class CodecException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the cache, the class and what to do. */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
