package io.henge.replication.node;

import io.henge.replication.membership.ControlCodec;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.node.drill.DrillMessage;
import io.henge.replication.node.statistics.StatisticsMessage;
import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.relay.Beat;
import io.henge.replication.transport.Transport;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/**
 * The first byte of a frame says which plane it belongs to. Frames of replicas and callers end with
 * the cluster that they are of, see {@link #ofCluster}.
 */
final class Frames {

  /** A message of the metadata plane. */
  static final int CONTROL = 1;

  /** A message between replicas, or a request or answer. */
  static final int PARTITION = 2;

  /** Requests of one caller to one member. */
  static final int REQUESTS = 3;

  /** Which links of the sender work. */
  static final int BEAT = 4;

  /** A frame on its way through a third member: its channel, sender and receiver come first. */
  static final int RELAYED = 5;

  /** What the calls of members came to. */
  static final int STATISTICS = 6;

  /** A drill is asked for or answered. */
  static final int DRILL = 7;

  private Frames() {}

  static WireWriter of(ControlMessage message) {
    WireWriter writer = Transport.frame(256).writeByte(CONTROL);
    ControlCodec.write(writer, message);
    return writer;
  }

  static WireWriter of(Beat beat) {
    WireWriter writer = Transport.frame(16).writeByte(BEAT);
    beat.write(writer);
    return writer;
  }

  static WireWriter of(PartitionMessage message) {
    WireWriter writer =
        Transport.frame(PartitionCodec.estimate(message) + Long.BYTES).writeByte(PARTITION);
    PartitionCodec.write(writer, message);
    return writer;
  }

  static WireWriter of(StatisticsMessage message) {
    WireWriter writer = Transport.frame(256).writeByte(STATISTICS);
    StatisticsMessage.write(writer, message);
    return writer;
  }

  static WireWriter of(DrillMessage message) {
    WireWriter writer = Transport.frame(64).writeByte(DRILL);
    DrillMessage.write(writer, message);
    return writer;
  }

  static WireWriter of(List<Request> requests) {
    int size = 16 + Long.BYTES;
    for (Request request : requests) {
      size += PartitionCodec.estimate(request);
    }
    WireWriter writer = Transport.frame(size).writeByte(REQUESTS);
    writer.writeList(requests, PartitionCodec::write);
    return writer;
  }

  /**
   * Ends a frame of replicas or callers.
   *
   * @param cluster the sender's {@link DataPlane#cluster}: two clusters of which one was founded
   *     again of the other have members, epochs and operations in common
   */
  static WireWriter ofCluster(WireWriter frame, long cluster) {
    return frame.writeLong(cluster);
  }

  /** The requests of a frame that {@link #of(List)} made, after its first byte. */
  static List<Request> requests(WireReader reader) {
    return reader.readList(
        in -> {
          if (PartitionCodec.read(in) instanceof Request request) {
            return request;
          }
          throw new MalformedFrameException("something else among the requests of a batch");
        });
  }
}
