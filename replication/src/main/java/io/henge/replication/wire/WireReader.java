package io.henge.replication.wire;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads what {@link WireWriter} wrote. Every length is checked against what is left before anything
 * is allocated; damaged input ends in {@link MalformedFrameException} and nothing else. Not
 * thread-safe.
 */
public final class WireReader {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] buffer;
  private final int end;
  private int position;

  /** Reads the whole array. */
  public WireReader(byte[] buffer) {
    this(buffer, 0, buffer.length);
  }

  /** Reads a range; throws {@link IndexOutOfBoundsException} if it is not inside the array. */
  public WireReader(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    this.buffer = buffer;
    this.position = offset;
    this.end = offset + length;
  }

  /** Number of bytes not read yet. */
  public int remaining() {
    return end - position;
  }

  /** Refuses input that is longer than its message. */
  public void expectEnd() {
    if (position != end) {
      throw new MalformedFrameException(remaining() + " bytes too many");
    }
  }

  /** Reads a byte as a number from 0 to 255. */
  public int readByte() {
    need(1);
    return buffer[position++] & 0xFF;
  }

  /** Reads a byte that must be 0 or 1. */
  public boolean readBoolean() {
    int value = readByte();
    if (value > 1) {
      throw new MalformedFrameException("a boolean of " + value);
    }
    return value == 1;
  }

  /** Reads four bytes. */
  public int readInt() {
    need(4);
    int value = (int) INT.get(buffer, position);
    position += 4;
    return value;
  }

  /** Reads eight bytes. */
  public long readLong() {
    need(8);
    long value = (long) LONG.get(buffer, position);
    position += 8;
    return value;
  }

  /** Reads a number that fits 32 bits. */
  public int readVarInt() {
    long value = readVarLong();
    if (value >>> 32 != 0) {
      throw new MalformedFrameException("a number over 32 bits where an int is due");
    }
    return (int) value;
  }

  /** Reads a number of at most ten bytes. */
  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (shift == 63 && next > 1) {
          throw new MalformedFrameException("a number over 64 bits");
        }
        return value;
      }
    }
    throw new MalformedFrameException("a number without end");
  }

  /** Reads bytes with their length. */
  public byte[] readBytes() {
    return readRaw(readVarInt());
  }

  /** Reads bytes or null. */
  public byte[] readNullableBytes() {
    int mark = readVarInt();
    return mark == 0 ? null : readRaw(mark - 1);
  }

  /** Reads {@code length} bytes. */
  public byte[] readRaw(int length) {
    need(length);
    byte[] bytes = Arrays.copyOfRange(buffer, position, position + length);
    position += length;
    return bytes;
  }

  /** Reads UTF-8 with its length. */
  public String readString() {
    int length = readVarInt();
    need(length);
    String text = new String(buffer, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** Reads sixteen bytes. */
  public MemberId readMember() {
    return new MemberId(readLong(), readLong());
  }

  /** Reads a member, lane and sequence. */
  public OperationId readOperation() {
    return new OperationId(readMember(), readVarInt(), readVarLong());
  }

  /** Reads a count and then each item; the items must take at least one byte each. */
  public <T> List<T> readList(Function<WireReader, T> item) {
    int count = readVarInt();
    if (count < 0 || count > remaining()) {
      throw new MalformedFrameException("a list of " + Integer.toUnsignedString(count) + " items");
    }
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.apply(this));
    }
    return items;
  }

  private void need(int length) {
    if (length < 0 || length > end - position) {
      throw new MalformedFrameException(
          "needs " + Integer.toUnsignedString(length) + " bytes, has " + remaining());
    }
  }
}
