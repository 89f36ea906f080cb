package io.henge.replication.node.memory;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How records stand in a file.
 *
 * <pre>
 * file   = "HENGEMEM" version:int crc:int  record*
 * record = marker:int length:int confirmed:long crc:int  payload
 * </pre>
 *
 * <p>Numbers are big-endian. A record's CRC-32C covers its length, {@code confirmed} and the
 * payload. {@code confirmed} is the length of the file that was known to be on disk when the record
 * was written: an intact record proves that everything before its {@code confirmed} was complete
 * once, so a broken record there is damage and not a write that never ended.
 */
final class RecordFormat {

  static final int FILE_HEADER = 16;
  static final int RECORD_HEADER = 20;
  static final int SECTOR = 512;

  /** Larger than any record that is written; a length above it is not believed. */
  static final int LARGEST_RECORD = 256 << 20;

  private static final long MAGIC = 0x48454E47454D454DL;
  private static final int VERSION = 1;
  private static final int MARKER = 0x48524543;

  /**
   * A record as it was found.
   *
   * @param end the offset behind it
   * @param confirmed see the class
   */
  record Found(byte[] payload, int end, long confirmed) {}

  private RecordFormat() {}

  static ByteBuffer fileHeader() {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).putLong(MAGIC).putInt(VERSION);
    header.putInt(crc(header.duplicate().flip()));
    return header.flip();
  }

  static boolean startsWithHeader(byte[] file) {
    return file.length >= FILE_HEADER && ByteBuffer.wrap(file, 0, FILE_HEADER).equals(fileHeader());
  }

  static ByteBuffer record(byte[] payload, long confirmed) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + payload.length);
    record.putInt(MARKER).putInt(payload.length).putLong(confirmed);
    record.putInt(crc(payload.length, confirmed, ByteBuffer.wrap(payload)));
    return record.put(payload).flip();
  }

  /** The intact record at an offset, or null. */
  static Found read(byte[] file, int offset) {
    if (file.length - offset < RECORD_HEADER) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(file, offset, file.length - offset);
    if (in.getInt() != MARKER) {
      return null;
    }
    int length = in.getInt();
    long confirmed = in.getLong();
    int crc = in.getInt();
    if (length < 0 || length > in.remaining()) {
      return null;
    }
    in.limit(in.position() + length);
    if (crc(length, confirmed, in.duplicate()) != crc) {
      return null;
    }
    byte[] payload = new byte[length];
    in.get(payload);
    return new Found(payload, offset + RECORD_HEADER + length, confirmed);
  }

  /**
   * Where the record at an offset would end, by its own, unchecked word; the file's end at most.
   */
  static int claimedEnd(byte[] file, int offset) {
    if (file.length - offset < RECORD_HEADER) {
      return Integer.MAX_VALUE;
    }
    ByteBuffer in = ByteBuffer.wrap(file, offset, RECORD_HEADER);
    if (in.getInt() != MARKER) {
      return file.length;
    }
    int length = in.getInt();
    if (length < 0 || length > LARGEST_RECORD) {
      return file.length;
    }
    return length > file.length - offset - RECORD_HEADER
        ? Integer.MAX_VALUE
        : offset + RECORD_HEADER + length;
  }

  private static int crc(int length, long confirmed, ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putInt(length).putLong(confirmed).flip());
    crc.update(payload);
    return (int) crc.getValue();
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
