package io.henge.replication.node;

/** Runs processors that came from other members; given when a cache is opened. */
@FunctionalInterface
public interface ProcessorHost {

  /**
   * Decodes and runs a processor on a thread that may block.
   *
   * @param processor the bytes of {@link ReplicatedCache#invokeAtPrimary}
   * @param key the key
   * @param value the present value, or null
   * @throws ProcessorNotRunnableException if it cannot be decoded here; nothing was run
   */
  EntryOutcome run(byte[] processor, byte[] key, byte[] value) throws ProcessorNotRunnableException;
}
