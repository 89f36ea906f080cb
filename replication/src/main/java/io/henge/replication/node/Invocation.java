package io.henge.replication.node;

/** What came of a processor for one of several entries. */
public sealed interface Invocation {

  /**
   * It took effect.
   *
   * @param result what it returned, encoded
   */
  record Done(byte[] result) implements Invocation {}

  /** The primary cannot run it; nothing was done. */
  record NotRunnable() implements Invocation {}

  /**
   * The operation failed.
   *
   * @param failure as the operation on a single entry would have thrown it
   */
  record Failed(RuntimeException failure) implements Invocation {}
}
