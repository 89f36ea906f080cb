package io.henge.replication.node.memory;

import io.henge.replication.node.memory.RecordFormat.Found;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file of records, and tells a write that a crash interrupted from damage. The interrupted
 * one was never confirmed to anybody, so leaving it out loses nothing; damage may have taken what
 * was promised.
 */
final class RecordReader {

  /**
   * What a file holds.
   *
   * @param records the payloads, the oldest first
   * @param tornBytes how many bytes of an interrupted write follow them
   */
  record Contents(List<byte[]> records, int tornBytes) {}

  private RecordReader() {}

  /**
   * Reads a file.
   *
   * @throws DamagedFileException if bytes are not what was written
   */
  static Contents read(byte[] file) throws DamagedFileException {
    if (!RecordFormat.startsWithHeader(file)) {
      throw new DamagedFileException(
          "it does not begin as a file of this version (" + file.length + " bytes)");
    }
    List<byte[]> records = new ArrayList<>();
    int offset = RecordFormat.FILE_HEADER;
    while (offset < file.length) {
      Found found = RecordFormat.read(file, offset);
      if (found == null) {
        requireTorn(file, offset);
        break;
      }
      records.add(found.payload());
      offset = found.end();
    }
    return new Contents(records, file.length - offset);
  }

  /**
   * An interrupted write leaves the file too short, or sectors that were never written, which read
   * as zeros; and nothing that was written after it was confirmed tells otherwise. Anything else
   * was complete once.
   */
  private static void requireTorn(byte[] file, int offset) throws DamagedFileException {
    if (offset == RecordFormat.FILE_HEADER) {
      throw new DamagedFileException(
          "its first record is damaged; it was complete before the file got its name");
    }
    for (int later = offset + 1; later < file.length; later++) {
      Found found = RecordFormat.read(file, later);
      if (found != null && found.confirmed() > offset) {
        throw new DamagedFileException(
            "the record at byte "
                + offset
                + " is damaged; it was complete when byte "
                + later
                + " was written");
      }
    }
    int end = RecordFormat.claimedEnd(file, offset);
    if (end <= file.length && !hasUnwrittenSector(file, offset, end)) {
      throw new DamagedFileException(
          "the record at byte " + offset + " is damaged: it is all there, but its checksum fails");
    }
  }

  private static boolean hasUnwrittenSector(byte[] file, int from, int to) {
    for (int start = from; start < to; ) {
      int end = Math.min(to, (start / RecordFormat.SECTOR + 1) * RecordFormat.SECTOR);
      boolean zeros = true;
      for (int i = start; i < end && zeros; i++) {
        zeros = file[i] == 0;
      }
      if (zeros) {
        return true;
      }
      start = end;
    }
    return false;
  }
}
