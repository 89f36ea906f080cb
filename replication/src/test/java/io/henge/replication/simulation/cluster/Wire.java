package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ControlCodec;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.relay.Beat;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.function.Function;

/** Turns messages into bytes and back, as the real transport does. */
final class Wire {

  private Wire() {}

  /** What arrives when {@code message} is sent. */
  static Object pass(Object message) {
    WireWriter writer = new WireWriter(256);
    if (message instanceof ControlMessage control) {
      ControlCodec.write(writer, control);
      return read(writer.toByteArray(), ControlCodec::read);
    }
    if (message instanceof Beat beat) {
      beat.write(writer);
      return read(writer.toByteArray(), Beat::read);
    }
    return partitionMessage(bytes((PartitionMessage) message));
  }

  /** A message as it is on the wire. */
  static byte[] bytes(PartitionMessage message) {
    WireWriter writer = new WireWriter(256);
    PartitionCodec.write(writer, message);
    return writer.toByteArray();
  }

  /** Reads what {@link #bytes} wrote. */
  static PartitionMessage partitionMessage(byte[] bytes) {
    return read(bytes, PartitionCodec::read);
  }

  private static <T> T read(byte[] written, Function<WireReader, T> codec) {
    WireReader reader = new WireReader(written);
    T message = codec.apply(reader);
    reader.expectEnd();
    return message;
  }
}
