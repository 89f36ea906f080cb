package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.store.PartitionStore;
import io.henge.replication.store.StoredValue;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A batch of a cache's entries in one partition, in the order of their keys' bytes, so that a scan
 * can go on after the last key it saw, at whichever member.
 *
 * @param entries the entries
 * @param more whether there may be entries after the last one
 */
public record ScanBatch(List<Entry> entries, boolean more) {

  /** An entry. */
  public record Entry(byte[] key, byte[] value) {}

  private static final Comparator<Entry> ORDER =
      (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

  static ScanBatch collect(
      PartitionStore store,
      int cache,
      BiPredicate<EntryKey, StoredValue> alive,
      Operation.Scan scan) {
    byte[] after = scan.after();
    List<Entry> all = new ArrayList<>();
    for (Iterator<Map.Entry<EntryKey, StoredValue>> i = store.entries(); i.hasNext(); ) {
      Map.Entry<EntryKey, StoredValue> next = i.next();
      byte[] key = next.getKey().bytes();
      if (next.getKey().cache() == cache
          && (after.length == 0 || Arrays.compareUnsigned(key, after) > 0)
          && alive.test(next.getKey(), next.getValue())) {
        all.add(new Entry(key, next.getValue().value()));
      }
    }
    all.sort(ORDER);
    int bytes = 0;
    int count = 0;
    while (count < all.size()) {
      Entry entry = all.get(count);
      bytes += 16 + entry.key().length + entry.value().length;
      if (count > 0 && bytes > scan.limit()) {
        break; // but never without an entry, or the scan would not get on
      }
      count++;
    }
    return new ScanBatch(List.copyOf(all.subList(0, count)), count < all.size());
  }

  /** Encodes the batch as an answer's value. */
  byte[] encode() {
    WireWriter writer = new WireWriter(1024);
    writer.writeBoolean(more);
    writer.writeList(
        entries, (out, entry) -> out.writeBytes(entry.key()).writeBytes(entry.value()));
    return writer.toByteArray();
  }

  /** Decodes what {@link #encode} wrote. */
  public static ScanBatch decode(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    boolean more = reader.readBoolean();
    List<Entry> entries = reader.readList(in -> new Entry(in.readBytes(), in.readBytes()));
    reader.expectEnd();
    return new ScanBatch(entries, more);
  }
}
