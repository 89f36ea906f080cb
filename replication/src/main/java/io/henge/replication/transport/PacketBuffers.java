package io.henge.replication.transport;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jgroups.util.ByteArrayDataOutputStream;

/** A few buffers in which packets are put together, used again and again. Thread-safe. */
final class PacketBuffers {

  private static final int MOST_SPARE = 8;
  private static final int LARGEST_SPARE_BYTES = 64 << 10;

  private final BlockingQueue<ByteArrayDataOutputStream> spare =
      new ArrayBlockingQueue<>(MOST_SPARE);

  /** An empty buffer; it grows when it has to. */
  ByteArrayDataOutputStream lend(int capacity) {
    ByteArrayDataOutputStream buffer = capacity > LARGEST_SPARE_BYTES ? null : spare.poll();
    return buffer == null ? new ByteArrayDataOutputStream(Math.max(capacity, 4096)) : buffer;
  }

  /** Takes back a buffer that nobody looks into any more. */
  void giveBack(ByteArrayDataOutputStream buffer) {
    if (buffer.buffer().length <= LARGEST_SPARE_BYTES) {
      buffer.position(0);
      boolean unused = spare.offer(buffer);
    }
  }
}
