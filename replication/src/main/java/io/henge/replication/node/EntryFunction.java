package io.henge.replication.node;

/** Code that reads and changes one entry. */
@FunctionalInterface
public interface EntryFunction {

  /**
   * Runs once, on a thread that may block.
   *
   * @param value the present value, or null if absent
   * @return the change and the result; if it throws, nothing is stored and the exception reaches
   *     the caller as it is
   */
  EntryOutcome apply(byte[] value);
}
