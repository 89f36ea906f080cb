package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.store.EntryKey;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/** Writes and reads what is said about changes, after the type and the partition. */
@SuppressWarnings("EnumOrdinal") // the constants' order is the format: new ones go last
final class ChangeCodec {

  private static final Change.Kind[] KINDS = Change.Kind.values();

  private ChangeCodec() {}

  static void write(WireWriter out, ChangesWanted wanted) {
    out.writeVarLong(wanted.round()).writeVarLong(wanted.after() + 1).writeBoolean(wanted.again());
    out.writeList(
        wanted.caches(),
        (to, each) ->
            to.writeVarInt(each.cache())
                .writeBoolean(each.previous())
                .writeVarLong(each.introduced())
                .writeBoolean(each.fresh()));
  }

  static ChangesWanted readWanted(WireReader in, int partition) {
    return new ChangesWanted(
        partition,
        in.readVarLong(),
        in.readVarLong() - 1,
        in.readBoolean(),
        in.readList(
            from ->
                new CacheInterest(
                    from.readVarInt(),
                    from.readBoolean(),
                    from.readVarLong(),
                    from.readBoolean())));
  }

  static void write(WireWriter out, Changes changes) {
    out.writeVarLong(changes.round()).writeVarLong(changes.after() + 1);
    out.writeVarLong(changes.missedUpTo()).writeVarLong(changes.upTo());
    out.writeList(changes.changes(), ChangeCodec::writeChange);
  }

  static Changes readChanges(WireReader in, int partition) {
    long round = in.readVarLong();
    long after = in.readVarLong() - 1;
    long missedUpTo = in.readVarLong();
    long upTo = in.readVarLong();
    List<Change> changes = in.readList(ChangeCodec::readChange);
    long last = after;
    for (Change change : changes) {
      if (change.index() <= last || change.index() > upTo) {
        throw new MalformedFrameException(
            "change " + change.index() + " after " + last + " in a frame up to " + upTo);
      }
      last = change.index();
    }
    return new Changes(partition, round, after, missedUpTo, upTo, changes);
  }

  private static void writeChange(WireWriter out, Change change) {
    out.writeVarLong(change.index()).writeByte(change.kind().ordinal()).writeBoolean(change.own());
    PartitionCodec.writeKey(out, change.key());
    out.writeNullableBytes(change.previous()).writeNullableBytes(change.value());
  }

  private static Change readChange(WireReader in) {
    long index = in.readVarLong();
    Change.Kind kind = PartitionCodec.constant(KINDS, in.readByte());
    boolean own = in.readBoolean();
    EntryKey key = PartitionCodec.readKey(in);
    byte[] previous = in.readNullableBytes();
    byte[] value = in.readNullableBytes();
    boolean set = kind == Change.Kind.CREATED || kind == Change.Kind.UPDATED;
    if (set != (value != null) || (kind == Change.Kind.CREATED && previous != null)) {
      throw new MalformedFrameException("a change of kind " + kind + " with other values");
    }
    return new Change(index, kind, key, previous, value, own);
  }
}
