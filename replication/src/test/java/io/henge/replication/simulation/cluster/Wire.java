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
      return read(writer, ControlCodec::read);
    }
    if (message instanceof Beat beat) {
      beat.write(writer);
      return read(writer, Beat::read);
    }
    PartitionCodec.write(writer, (PartitionMessage) message);
    return read(writer, PartitionCodec::read);
  }

  private static <T> T read(WireWriter written, Function<WireReader, T> codec) {
    WireReader reader = new WireReader(written.toByteArray());
    T message = codec.apply(reader);
    reader.expectEnd();
    return message;
  }
}
