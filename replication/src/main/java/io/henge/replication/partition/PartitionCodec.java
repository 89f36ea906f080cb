package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.AnswerLimit;
import io.henge.replication.partition.PartitionMessage.AnswerLimitKnown;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.ChangesTaken;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.partition.PartitionMessage.ChunkReceived;
import io.henge.replication.partition.PartitionMessage.LearnerStatus;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.partition.PartitionMessage.SnapshotEntry;
import io.henge.replication.partition.PartitionMessage.Tail;
import io.henge.replication.partition.PartitionMessage.TailWanted;
import io.henge.replication.partition.PartitionMessage.Used;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.OperationId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/** Writes and reads partition messages, format 1: a type byte, the partition, then the fields. */
@SuppressWarnings("EnumOrdinal") // the constants' order is the format: new ones go last
public final class PartitionCodec {

  private static final int APPEND = 1;
  private static final int APPENDED = 2;
  private static final int LEARNER_STATUS = 3;
  private static final int SNAPSHOT_CHUNK = 4;
  private static final int CHUNK_RECEIVED = 5;
  private static final int REQUEST = 6;
  private static final int ANSWER = 7;
  private static final int ANSWER_LIMIT = 8;
  private static final int ANSWER_LIMIT_KNOWN = 9;
  private static final int TAIL_WANTED = 10;
  private static final int TAIL = 11;
  private static final int CHANGES_WANTED = 12;
  private static final int CHANGES_TAKEN = 13;
  private static final int CHANGES = 14;
  private static final int USED = 15;

  private static final Effect.Kind[] KINDS = Effect.Kind.values();
  private static final AnswerStatus[] STATUSES = AnswerStatus.values();

  private PartitionCodec() {}

  /** A good first capacity for {@link #write}. */
  public static int estimate(PartitionMessage message) {
    int size = 128;
    if (message instanceof Append append) {
      for (Effect effect : append.effects()) {
        size += effect.bytes();
      }
    } else if (message instanceof Tail tail) {
      for (Effect effect : tail.effects()) {
        size += effect.bytes();
      }
    } else if (message instanceof SnapshotChunk chunk) {
      for (SnapshotEntry entry : chunk.entries()) {
        size += 32 + entry.key().bytes().length + entry.value().length;
      }
    } else if (message instanceof Request request) {
      size += request.key().bytes().length;
      if (request.operation() instanceof Operation.Put put) {
        size += put.value().length;
      }
    } else if (message instanceof Answer answer && answer.value() != null) {
      size += answer.value().length;
    } else if (message instanceof Changes changes) {
      for (Change change : changes.changes()) {
        size += change.bytes();
      }
    }
    return size;
  }

  /** Writes a message. */
  public static void write(WireWriter out, PartitionMessage message) {
    if (message instanceof Append append) {
      begin(out, APPEND, message).writeVarLong(append.epoch()).writeVarLong(append.base());
      out.writeVarLong(append.tail()).writeVarLong(append.first()).writeVarLong(append.commit());
      out.writeVarLong(append.time());
      out.writeList(append.effects(), PartitionCodec::writeEffect);
    } else if (message instanceof Appended appended) {
      begin(out, APPENDED, message).writeVarLong(appended.epoch());
      out.writeVarLong(appended.transfer())
          .writeVarLong(appended.index())
          .writeBoolean(appended.resend());
    } else if (message instanceof LearnerStatus status) {
      begin(out, LEARNER_STATUS, message).writeVarLong(status.epoch());
      out.writeVarLong(status.commit()).writeBoolean(status.complete());
      out.writeVarLong(status.transfer()).writeVarInt(status.nextChunk());
    } else if (message instanceof SnapshotChunk chunk) {
      writeChunk(begin(out, SNAPSHOT_CHUNK, message), chunk);
    } else if (message instanceof ChunkReceived received) {
      begin(out, CHUNK_RECEIVED, message).writeVarLong(received.epoch());
      out.writeVarLong(received.transfer()).writeVarInt(received.chunk());
    } else if (message instanceof Request request) {
      begin(out, REQUEST, message).writeOperation(request.id()).writeVarInt(request.attempt());
      writeKey(out, request.key());
      OperationCodec.write(out, request.operation());
    } else if (message instanceof Answer answer) {
      begin(out, ANSWER, message).writeOperation(answer.id()).writeVarInt(answer.attempt());
      out.writeByte(answer.status().ordinal()).writeNullableBytes(answer.value());
      out.writeVarLong(answer.version());
    } else if (message instanceof Used used) {
      begin(out, USED, message).writeVarLong(used.epoch());
      out.writeList(used.keys(), PartitionCodec::writeKey);
    } else {
      writeRest(out, message);
    }
  }

  /** What only asynchronous partitions say, and what is said about changes. */
  private static void writeRest(WireWriter out, PartitionMessage message) {
    if (message instanceof AnswerLimit limit) {
      begin(out, ANSWER_LIMIT, message).writeVarLong(limit.epoch());
      out.writeVarLong(limit.round()).writeVarLong(limit.limit());
    } else if (message instanceof AnswerLimitKnown known) {
      begin(out, ANSWER_LIMIT_KNOWN, message).writeVarLong(known.epoch());
      out.writeVarLong(known.round());
    } else if (message instanceof TailWanted wanted) {
      begin(out, TAIL_WANTED, message).writeVarLong(wanted.epoch()).writeVarLong(wanted.end());
    } else if (message instanceof Tail tail) {
      begin(out, TAIL, message).writeVarLong(tail.epoch()).writeVarLong(tail.last());
      out.writeVarLong(tail.limit()).writeList(tail.effects(), PartitionCodec::writeEffect);
    } else if (message instanceof ChangesWanted wanted) {
      ChangeCodec.write(begin(out, CHANGES_WANTED, message), wanted);
    } else if (message instanceof ChangesTaken taken) {
      begin(out, CHANGES_TAKEN, message).writeVarLong(taken.upTo());
    } else if (message instanceof Changes changes) {
      ChangeCodec.write(begin(out, CHANGES, message), changes);
    } else {
      throw new IllegalStateException("no code for " + message);
    }
  }

  /** Reads a message. */
  public static PartitionMessage read(WireReader in) {
    int type = in.readByte();
    int partition = in.readVarInt();
    return switch (type) {
      case APPEND -> readAppend(in, partition);
      case APPENDED ->
          new Appended(
              partition, in.readVarLong(), in.readVarLong(), in.readVarLong(), in.readBoolean());
      case LEARNER_STATUS ->
          new LearnerStatus(
              partition,
              in.readVarLong(),
              in.readVarLong(),
              in.readBoolean(),
              in.readVarLong(),
              in.readVarInt());
      case SNAPSHOT_CHUNK -> readChunk(in, partition);
      case CHUNK_RECEIVED ->
          new ChunkReceived(partition, in.readVarLong(), in.readVarLong(), in.readVarInt());
      case REQUEST ->
          new Request(
              partition, in.readOperation(), in.readVarInt(), readKey(in), OperationCodec.read(in));
      case ANSWER ->
          new Answer(
              partition,
              in.readOperation(),
              in.readVarInt(),
              constant(STATUSES, in.readByte()),
              in.readNullableBytes(),
              in.readVarLong());
      case ANSWER_LIMIT ->
          new AnswerLimit(partition, in.readVarLong(), in.readVarLong(), in.readVarLong());
      case ANSWER_LIMIT_KNOWN ->
          new AnswerLimitKnown(partition, in.readVarLong(), in.readVarLong());
      case USED -> new Used(partition, in.readVarLong(), in.readList(PartitionCodec::readKey));
      case TAIL_WANTED -> new TailWanted(partition, in.readVarLong(), in.readVarLong());
      case TAIL ->
          new Tail(
              partition,
              in.readVarLong(),
              in.readVarLong(),
              in.readVarLong(),
              in.readList(PartitionCodec::readEffect));
      case CHANGES_WANTED -> ChangeCodec.readWanted(in, partition);
      case CHANGES_TAKEN -> new ChangesTaken(partition, in.readVarLong());
      case CHANGES -> ChangeCodec.readChanges(in, partition);
      default -> throw new MalformedFrameException("a partition message of type " + type);
    };
  }

  private static WireWriter begin(WireWriter out, int type, PartitionMessage message) {
    return out.writeByte(type).writeVarInt(message.partition());
  }

  private static Append readAppend(WireReader in, int partition) {
    long epoch = in.readVarLong();
    long base = in.readVarLong();
    long tail = in.readVarLong();
    long first = in.readVarLong();
    long commit = in.readVarLong();
    long time = in.readVarLong();
    List<Effect> effects = in.readList(PartitionCodec::readEffect);
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i).index() != first + i) {
        throw new MalformedFrameException(
            "effect " + effects.get(i).index() + " at place " + i + " of a frame from " + first);
      }
    }
    return new Append(partition, epoch, base, tail, first, effects, commit, time);
  }

  private static void writeEffect(WireWriter out, Effect effect) {
    out.writeVarLong(effect.index()).writeBoolean(effect.operation() != null);
    if (effect.operation() != null) {
      out.writeOperation(effect.operation());
    }
    writeKey(out.writeByte(effect.kind().ordinal()), effect.key());
    out.writeNullableBytes(effect.value());
    writeOutcome(out, effect.outcome());
    writeDeadline(out, effect.deadline());
  }

  private static Effect readEffect(WireReader in) {
    long index = in.readVarLong();
    OperationId operation = in.readBoolean() ? in.readOperation() : null;
    Effect.Kind kind = constant(KINDS, in.readByte());
    EntryKey key = readKey(in);
    byte[] value = in.readNullableBytes();
    Outcome outcome = readOutcome(in);
    if (outcome == null || (kind == Effect.Kind.PUT) != (value != null)) {
      throw new MalformedFrameException("an effect of kind " + kind + " without its parts");
    }
    return new Effect(index, operation, kind, key, value, outcome, readDeadline(in));
  }

  private static void writeChunk(WireWriter out, SnapshotChunk chunk) {
    out.writeVarLong(chunk.epoch()).writeVarLong(chunk.transfer()).writeVarLong(chunk.start());
    out.writeVarInt(chunk.chunk());
    out.writeList(
        chunk.entries(),
        (to, entry) -> {
          writeKey(to, entry.key());
          to.writeBytes(entry.value()).writeVarLong(entry.version());
          writeDeadline(to, entry.deadline());
        });
    out.writeList(
        chunk.lanes(),
        (to, lane) -> {
          to.writeOperation(lane.operation()).writeVarLong(lane.index());
          writeOutcome(to, lane.outcome());
        });
    out.writeBoolean(chunk.last()).writeVarLong(chunk.completeAt()).writeVarLong(chunk.time());
  }

  private static SnapshotChunk readChunk(WireReader in, int partition) {
    return new SnapshotChunk(
        partition,
        in.readVarLong(),
        in.readVarLong(),
        in.readVarLong(),
        in.readVarInt(),
        in.readList(
            from ->
                new SnapshotEntry(
                    readKey(from), from.readBytes(), from.readVarLong(), readDeadline(from))),
        in.readList(
            from -> new LaneRecord(from.readOperation(), from.readVarLong(), readOutcome(from))),
        in.readBoolean(),
        in.readVarLong(),
        in.readVarLong());
  }

  /** One byte for what does not expire. */
  private static void writeDeadline(WireWriter out, long deadline) {
    out.writeVarLong(deadline == StoredValue.NEVER ? 0 : deadline + 1);
  }

  private static long readDeadline(WireReader in) {
    long plusOne = in.readVarLong();
    return plusOne == 0 ? StoredValue.NEVER : plusOne - 1;
  }

  private static void writeOutcome(WireWriter out, Outcome outcome) {
    out.writeByte(outcome == null ? 0 : outcome.changed() ? 1 : 2);
    if (outcome != null) {
      out.writeNullableBytes(outcome.value());
    }
  }

  private static Outcome readOutcome(WireReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case 0 -> null;
      case 1, 2 -> new Outcome(kind == 1, in.readNullableBytes());
      default -> throw new MalformedFrameException("an outcome of kind " + kind);
    };
  }

  static void writeKey(WireWriter out, EntryKey key) {
    out.writeVarInt(key.cache()).writeBytes(key.bytes());
  }

  static EntryKey readKey(WireReader in) {
    return new EntryKey(in.readVarInt(), in.readBytes());
  }

  static <T> T constant(T[] constants, int ordinal) {
    if (ordinal >= constants.length) {
      throw new MalformedFrameException("constant " + ordinal + " of " + constants.length);
    }
    return constants[ordinal];
  }
}
