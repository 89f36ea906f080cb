package io.henge.replication.transport;

import io.henge.replication.wire.MalformedFrameException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A part of a large frame.
 *
 * @param frame number of the frame among those of its sender to its receiver; grows
 * @param total bytes of the whole frame
 * @param offset where the part belongs
 */
public record Fragment(long frame, int total, int offset) {

  /** Bytes between the {@link FrameHeader} and the part itself. */
  static final int BYTES = 16;

  /** The longest part. */
  static final int MOST_CONTENT = 60 * 1024;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** The message that carries the part of a large message at an offset. */
  static FrameMessage of(LargeMessage large, long frame, int offset) {
    int total = large.getLength();
    int length = Math.min(MOST_CONTENT, total - offset);
    int start = FrameHeader.BYTES + BYTES;
    byte[] bytes = new byte[start + length];
    System.arraycopy(
        large.getArray(), large.getOffset() - FrameHeader.BYTES, bytes, 0, FrameHeader.BYTES);
    LONG.set(bytes, FrameHeader.BYTES, frame);
    INT.set(bytes, FrameHeader.BYTES + 8, total);
    INT.set(bytes, FrameHeader.BYTES + 12, offset);
    System.arraycopy(large.getArray(), large.getOffset() + offset, bytes, start, length);
    FrameMessage message =
        new FrameMessage(
            large.getDest(),
            bytes,
            bytes.length,
            FrameHeader.Kind.FRAGMENT,
            offset + length == total);
    message.setSrc(large.getSrc());
    large.getHeaders().forEach(message::putHeader);
    return message;
  }

  /**
   * Reads what {@link #of} wrote, after the frame header.
   *
   * @throws MalformedFrameException for anything else
   */
  static Fragment read(byte[] buffer, int at, int length) {
    if (length <= BYTES) {
      throw new MalformedFrameException("a fragment of " + length + " bytes");
    }
    Fragment fragment =
        new Fragment(
            (long) LONG.get(buffer, at),
            (int) INT.get(buffer, at + 8),
            (int) INT.get(buffer, at + 12));
    int content = length - BYTES;
    if (fragment.total <= Transport.LARGEST_WHOLE_BYTES
        || fragment.total > Transport.LARGEST_FRAME_BYTES
        || content > MOST_CONTENT
        || fragment.offset < 0
        || fragment.offset > fragment.total - content) {
      throw new MalformedFrameException(content + " bytes of " + fragment);
    }
    return fragment;
  }
}
