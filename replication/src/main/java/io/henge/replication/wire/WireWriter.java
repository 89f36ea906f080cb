package io.henge.replication.wire;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/** Writes primitives into a growing byte array, big-endian. Not thread-safe. */
public final class WireWriter {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int size;

  /** Creates a writer with room for {@code capacity} bytes before it has to grow. */
  public WireWriter(int capacity) {
    buffer = new byte[Math.max(16, capacity)];
  }

  /** Number of bytes written. */
  public int size() {
    return size;
  }

  /** Leaves room for bytes that somebody else fills in later. */
  public WireWriter skip(int bytes) {
    ensure(bytes);
    size += bytes;
    return this;
  }

  /** The array behind it, not a copy: its first {@link #size} bytes were written. */
  public byte[] array() {
    return buffer;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Writes the low eight bits. */
  public WireWriter writeByte(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** Writes one byte, 1 or 0. */
  public WireWriter writeBoolean(boolean value) {
    return writeByte(value ? 1 : 0);
  }

  /** Writes four bytes. */
  public WireWriter writeInt(int value) {
    ensure(4);
    INT.set(buffer, size, value);
    size += 4;
    return this;
  }

  /** Writes eight bytes. */
  public WireWriter writeLong(long value) {
    ensure(8);
    LONG.set(buffer, size, value);
    size += 8;
    return this;
  }

  /** Writes one to five bytes, few for small non-negative numbers (unsigned LEB128). */
  public WireWriter writeVarInt(int value) {
    return writeVarLong(Integer.toUnsignedLong(value));
  }

  /** Writes one to ten bytes, few for small non-negative numbers (unsigned LEB128). */
  public WireWriter writeVarLong(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  /** Writes the bytes with their length before them. */
  public WireWriter writeBytes(byte[] bytes) {
    writeVarInt(bytes.length);
    return writeRaw(bytes, 0, bytes.length);
  }

  /** Writes the bytes with a mark that tells null from empty. */
  public WireWriter writeNullableBytes(byte[] bytes) {
    if (bytes == null) {
      return writeVarInt(0);
    }
    writeVarInt(bytes.length + 1);
    return writeRaw(bytes, 0, bytes.length);
  }

  /** Writes a range without a length. */
  public WireWriter writeRaw(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
    return this;
  }

  /** Writes UTF-8 with its length. */
  public WireWriter writeString(String text) {
    return writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes sixteen bytes. */
  public WireWriter writeMember(MemberId member) {
    return writeLong(member.high()).writeLong(member.low());
  }

  /** Writes a member, lane and sequence. */
  public WireWriter writeOperation(OperationId operation) {
    return writeMember(operation.client())
        .writeVarInt(operation.lane())
        .writeVarLong(operation.sequence());
  }

  /** Writes a count and then each item by {@code item}, in the collection's order. */
  public <T> WireWriter writeList(Collection<T> items, BiConsumer<WireWriter, T> item) {
    writeVarInt(items.size());
    for (T each : items) {
      item.accept(this, each);
    }
    return this;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
    }
  }
}
