package io.henge.replication.node;

import io.henge.replication.membership.ControlCodec;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/** The first byte of a frame says which plane it belongs to. */
final class Frames {

  /** A message of the metadata plane. */
  static final int CONTROL = 1;

  /** A message between replicas, or a request or answer. */
  static final int PARTITION = 2;

  /** Requests of one caller to one member. */
  static final int REQUESTS = 3;

  private Frames() {}

  static byte[] of(ControlMessage message) {
    WireWriter writer = new WireWriter(256).writeByte(CONTROL);
    ControlCodec.write(writer, message);
    return writer.toByteArray();
  }

  static byte[] of(PartitionMessage message) {
    WireWriter writer = new WireWriter(PartitionCodec.estimate(message)).writeByte(PARTITION);
    PartitionCodec.write(writer, message);
    return writer.toByteArray();
  }

  static byte[] of(List<Request> requests) {
    int size = 16;
    for (Request request : requests) {
      size += PartitionCodec.estimate(request);
    }
    WireWriter writer = new WireWriter(size).writeByte(REQUESTS);
    writer.writeList(requests, PartitionCodec::write);
    return writer.toByteArray();
  }
}
