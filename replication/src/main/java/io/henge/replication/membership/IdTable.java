package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers the ids that a message repeats for each partition: they stand once at its beginning, in
 * order, and take a byte or two wherever they are meant.
 */
final class IdTable {

  private final List<MemberId> ids;
  private final SortedMap<MemberId, Integer> numbers = new TreeMap<>();

  /** Numbers all ids in these collections. */
  IdTable(Collection<? extends Collection<MemberId>> used) {
    TreeSet<MemberId> sorted = new TreeSet<>();
    used.forEach(sorted::addAll);
    ids = List.copyOf(sorted);
    for (MemberId id : ids) {
      numbers.put(id, numbers.size());
    }
  }

  private IdTable(List<MemberId> ids) {
    this.ids = ids;
  }

  static IdTable read(WireReader reader) {
    return new IdTable(reader.readList(WireReader::readMember));
  }

  void write(WireWriter writer) {
    writer.writeList(ids, WireWriter::writeMember);
  }

  void writeNumber(WireWriter writer, MemberId id) {
    writer.writeVarInt(numbers.get(id));
  }

  void writeNumbers(WireWriter writer, Collection<MemberId> meant) {
    writer.writeList(meant, this::writeNumber);
  }

  MemberId readNumber(WireReader reader) {
    int number = reader.readVarInt();
    if (number < 0 || number >= ids.size()) {
      throw new MalformedFrameException(
          "member number " + Integer.toUnsignedString(number) + " of " + ids.size());
    }
    return ids.get(number);
  }

  List<MemberId> readNumbers(WireReader reader) {
    return reader.readList(this::readNumber);
  }
}
