package io.henge.replication.node;

import io.henge.replication.membership.ControlCodec;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.membership.Hint;
import io.henge.replication.node.drill.DrillMessage;
import io.henge.replication.node.drill.DrillOrders;
import io.henge.replication.node.statistics.StatisticsCollector;
import io.henge.replication.node.statistics.StatisticsMessage;
import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.TransportListener;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Hands what arrives at a member to the plane that it is for. Frames of replicas and callers count
 * only if they are of the cluster that this member is in. Thread-safe.
 */
final class Arrivals implements TransportListener {

  private final DataPlane data;
  private final ClientPlane clients;
  private final ChangePlane changes;
  private final StatisticsCollector statistics;
  private final DrillOrders drills;
  private final ClusterHistory history;
  private final BiConsumer<MemberId, ControlMessage> control;
  private final Consumer<Hint> hints;

  Arrivals(
      DataPlane data,
      ClientPlane clients,
      ChangePlane changes,
      StatisticsCollector statistics,
      DrillOrders drills,
      ClusterHistory history,
      BiConsumer<MemberId, ControlMessage> control,
      Consumer<Hint> hints) {
    this.data = data;
    this.clients = clients;
    this.changes = changes;
    this.statistics = statistics;
    this.drills = drills;
    this.history = history;
    this.control = control;
    this.hints = hints;
  }

  @Override
  public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
    WireReader reader = new WireReader(buffer, offset, length);
    int plane = reader.readByte();
    switch (plane) {
      case Frames.CONTROL -> control.accept(from, ControlCodec.read(reader));
      case Frames.PARTITION -> {
        PartitionMessage message = PartitionCodec.read(reader);
        deliver(from, reader.readLong(), message);
      }
      case Frames.REQUESTS -> {
        List<Request> requests = Frames.requests(reader);
        long cluster = reader.readLong();
        if (data.state() != null && cluster == data.cluster()) {
          data.onRequests(cluster, requests, System.nanoTime());
        }
      }
      case Frames.DRILL -> drills.onMessage(from, DrillMessage.read(reader));
      case Frames.STATISTICS -> statistics.onMessage(from, StatisticsMessage.read(reader));
      default -> throw new MalformedFrameException("a frame for plane " + plane);
    }
  }

  private void deliver(MemberId from, long cluster, PartitionMessage message) {
    if (cluster != data.cluster()) {
      return;
    }
    if (message instanceof Answer answer) {
      clients.onAnswer(answer);
    } else if (message instanceof Changes told) {
      changes.onChanges(from, told);
    } else if (data.state() != null) {
      data.onMessage(from, cluster, message, System.nanoTime());
    }
  }

  /** What this member tells itself. */
  void own(MemberId self, PartitionMessage message) {
    deliver(self, data.cluster(), message);
  }

  @Override
  public void onPeerAppeared(MemberId peer) {
    hints.accept(new Hint.PeerAppeared(peer));
  }

  @Override
  public void onConnectionLost(MemberId peer, String evidence) {
    history.onConnectionLost(peer, System.nanoTime());
    hints.accept(new Hint.ConnectionLost(peer, evidence));
  }
}
