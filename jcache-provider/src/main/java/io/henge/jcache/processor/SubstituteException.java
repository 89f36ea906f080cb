package io.henge.jcache.processor;

/**
 * Stands for an exception that an entry processor threw on another member and that could not come
 * here as it is, because it cannot be serialized or because its class is unknown here. It has the
 * original's stack trace and says what the original said.
 */
public final class SubstituteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String originalClassName;

  SubstituteException(String originalClassName, String message, StackTraceElement[] stackTrace) {
    super(message);
    this.originalClassName = originalClassName;
    setStackTrace(stackTrace);
  }

  /** The class of the exception that this one stands for. */
  public String originalClassName() {
    return originalClassName;
  }
}
