package io.henge.replication.node.memory;

import io.henge.replication.membership.Memory;
import io.henge.replication.membership.VoterIdentity;
import io.henge.replication.topology.MemberId;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What one incarnation remembers and how it votes: with a data directory, without one, or not at
 * all because the directory's file is damaged. Thread-safe after {@link #begin}.
 */
public final class DurableMemory implements AutoCloseable {

  private final VoterIdentity identity;
  private final Memory memory;
  private final RecordFile file;
  private final String threadName;
  private DiskThread disk;

  private DurableMemory(VoterIdentity identity, Memory memory, RecordFile file, String threadName) {
    this.identity = identity;
    this.memory = memory;
    this.file = file;
    this.threadName = threadName;
  }

  /** Of a node without a data directory. */
  public static DurableMemory none(MemberId self) {
    return new DurableMemory(VoterIdentity.volatileOf(self), null, null, null);
  }

  /** Of a node whose directory cannot be used: it must not vote. */
  static DurableMemory unusable(MemberId self) {
    return new DurableMemory(VoterIdentity.unable(self), null, null, null);
  }

  static DurableMemory of(Memory memory, RecordFile file, String threadName) {
    return new DurableMemory(memory.identity(), memory, file, threadName);
  }

  /** Under which id the incarnation votes. */
  public VoterIdentity identity() {
    return identity;
  }

  /** What is remembered; null if nothing is kept. */
  public Memory memory() {
    return memory;
  }

  /**
   * Begins to write; to be called once, before the first {@link #store}.
   *
   * @param stored told on a thread of this memory which number is safe
   * @param failed told once why nothing can be stored any more
   */
  public void begin(LongConsumer stored, Consumer<String> failed) {
    if (file != null) {
      disk = new DiskThread(threadName, file, stored, failed);
    }
  }

  /** Queues a record. */
  public void store(byte[] record, boolean replaces) {
    disk.write(record, replaces);
  }

  /** Asks for {@code number} to be confirmed when all so far is on disk. */
  public void awaitStored(long number) {
    disk.await(number);
  }

  /** Writes what is queued and ends. */
  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
