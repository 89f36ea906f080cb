package io.henge.replication.membership;

import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/** Replication modes as bytes: a tag, then the bounds. */
final class ModeCodec {

  private static final int SYNC = 0;
  private static final int ASYNC = 1;

  private ModeCodec() {}

  static void write(WireWriter writer, ReplicationMode mode) {
    if (mode instanceof ReplicationMode.Async async) {
      writer.writeByte(ASYNC).writeVarInt(async.maxLagOperations());
      writer.writeVarLong(async.maxLagBytes()).writeVarLong(async.maxLag());
    } else {
      writer.writeByte(SYNC);
    }
  }

  static ReplicationMode read(WireReader reader) {
    int tag = reader.readByte();
    try {
      return switch (tag) {
        case SYNC -> ReplicationMode.SYNC;
        case ASYNC ->
            new ReplicationMode.Async(
                reader.readVarInt(), reader.readVarLong(), reader.readVarLong());
        default -> throw new MalformedFrameException("no replication mode has the tag " + tag);
      };
    } catch (IllegalArgumentException outOfRange) {
      throw new MalformedFrameException("a replication mode: " + outOfRange.getMessage());
    }
  }
}
