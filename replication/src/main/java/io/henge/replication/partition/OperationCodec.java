package io.henge.replication.partition;

import io.henge.replication.topology.Lifetimes;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/** Writes and reads operations, a type byte and then the fields. */
@SuppressWarnings("EnumOrdinal") // the constants' order is the format: new ones go last
final class OperationCodec {

  private static final int GET = 1;
  private static final int PUT = 2;
  private static final int PUT_IF_ABSENT = 3;
  private static final int REMOVE = 4;
  private static final int REMOVE_IF_EQUALS = 5;
  private static final int REPLACE = 6;
  private static final int REPLACE_IF_EQUALS = 7;
  private static final int CLEAR = 8;
  private static final int RUN_PROCESSOR = 9;
  private static final int RESERVE = 10;
  private static final int COMPLETE = 11;
  private static final int SCAN = 12;
  private static final int ABANDON = 13;

  /** Codes of lifetimes; a length of time follows after them. */
  private static final long UNCHANGED = 0;

  private static final long ETERNAL = 1;
  private static final long LENGTH = 2;

  private static final Operation.Change[] CHANGES = Operation.Change.values();

  private OperationCodec() {}

  static void write(WireWriter out, Operation operation) {
    if (operation instanceof Operation.Get get) {
      writeLifetime(out.writeByte(GET).writeBoolean(get.forwardable()), get.access());
    } else if (operation instanceof Operation.Put put) {
      out.writeByte(PUT).writeBytes(put.value()).writeBoolean(put.returnPrevious());
      writeLifetimes(out, put.lifetimes());
    } else if (operation instanceof Operation.PutIfAbsent put) {
      writeLifetimes(out.writeByte(PUT_IF_ABSENT).writeBytes(put.value()), put.lifetimes());
    } else if (operation instanceof Operation.Remove remove) {
      out.writeByte(REMOVE).writeBoolean(remove.returnPrevious());
    } else if (operation instanceof Operation.RemoveIfEquals remove) {
      out.writeByte(REMOVE_IF_EQUALS).writeBytes(remove.expected());
      writeLifetimes(out, remove.lifetimes());
    } else if (operation instanceof Operation.Replace replace) {
      out.writeByte(REPLACE).writeBytes(replace.value()).writeBoolean(replace.returnPrevious());
      writeLifetimes(out, replace.lifetimes());
    } else if (operation instanceof Operation.ReplaceIfEquals replace) {
      out.writeByte(REPLACE_IF_EQUALS).writeBytes(replace.expected()).writeBytes(replace.value());
      writeLifetimes(out, replace.lifetimes());
    } else if (operation instanceof Operation.Clear) {
      out.writeByte(CLEAR);
    } else if (operation instanceof Operation.RunProcessor run) {
      out.writeByte(RUN_PROCESSOR).writeBytes(run.processor());
    } else if (operation instanceof Operation.Reserve) {
      out.writeByte(RESERVE);
    } else if (operation instanceof Operation.Complete complete) {
      out.writeByte(COMPLETE).writeVarLong(complete.version());
      out.writeByte(complete.change().ordinal()).writeNullableBytes(complete.value());
      writeLifetime(out.writeNullableBytes(complete.result()), complete.lifetime());
    } else if (operation instanceof Operation.Scan scan) {
      out.writeByte(SCAN).writeBytes(scan.after()).writeVarInt(scan.limit());
    } else if (operation instanceof Operation.Abandon) {
      out.writeByte(ABANDON);
    } else {
      throw new IllegalStateException("no code for " + operation);
    }
  }

  static Operation read(WireReader in) {
    int type = in.readByte();
    return switch (type) {
      case GET -> readGet(in);
      case PUT -> new Operation.Put(in.readBytes(), in.readBoolean(), readLifetimes(in));
      case PUT_IF_ABSENT -> new Operation.PutIfAbsent(in.readBytes(), readLifetimes(in));
      case REMOVE -> new Operation.Remove(in.readBoolean());
      case REMOVE_IF_EQUALS -> new Operation.RemoveIfEquals(in.readBytes(), readLifetimes(in));
      case REPLACE -> new Operation.Replace(in.readBytes(), in.readBoolean(), readLifetimes(in));
      case REPLACE_IF_EQUALS ->
          new Operation.ReplaceIfEquals(in.readBytes(), in.readBytes(), readLifetimes(in));
      case CLEAR -> new Operation.Clear();
      case RUN_PROCESSOR -> new Operation.RunProcessor(in.readBytes());
      case RESERVE -> new Operation.Reserve();
      case COMPLETE -> readComplete(in);
      case SCAN -> new Operation.Scan(in.readBytes(), in.readVarInt());
      case ABANDON -> new Operation.Abandon();
      default -> throw new MalformedFrameException("an operation of type " + type);
    };
  }

  private static Operation readComplete(WireReader in) {
    long version = in.readVarLong();
    Operation.Change change = PartitionCodec.constant(CHANGES, in.readByte());
    byte[] value = in.readNullableBytes();
    byte[] result = in.readNullableBytes();
    if ((change == Operation.Change.SET) != (value != null)) {
      throw new MalformedFrameException("a completion of kind " + change + " without its value");
    }
    return new Operation.Complete(version, change, value, result, readLifetime(in));
  }

  private static Operation readGet(WireReader in) {
    boolean forwardable = in.readBoolean();
    return new Operation.Get(readLifetime(in), forwardable);
  }

  /** One byte for entries that do not expire. */
  private static void writeLifetimes(WireWriter out, Lifetimes lifetimes) {
    boolean any = !lifetimes.equals(Lifetimes.NONE);
    out.writeBoolean(any);
    if (any) {
      writeLifetime(out, lifetimes.creation());
      writeLifetime(out, lifetimes.update());
      writeLifetime(out, lifetimes.access());
    }
  }

  private static Lifetimes readLifetimes(WireReader in) {
    if (!in.readBoolean()) {
      return Lifetimes.NONE;
    }
    long creation = readLifetime(in);
    if (creation == Lifetimes.UNCHANGED) {
      throw new MalformedFrameException("a new entry whose deadline stays as it is");
    }
    return new Lifetimes(creation, readLifetime(in), readLifetime(in));
  }

  private static void writeLifetime(WireWriter out, long lifetime) {
    if (lifetime == Lifetimes.UNCHANGED) {
      out.writeVarLong(UNCHANGED);
    } else {
      out.writeVarLong(lifetime >= Lifetimes.ETERNAL - LENGTH ? ETERNAL : lifetime + LENGTH);
    }
  }

  private static long readLifetime(WireReader in) {
    long code = in.readVarLong();
    if (code < 0) {
      throw new MalformedFrameException("a lifetime of " + code);
    }
    if (code == UNCHANGED) {
      return Lifetimes.UNCHANGED;
    }
    return code == ETERNAL ? Lifetimes.ETERNAL : code - LENGTH;
  }
}
