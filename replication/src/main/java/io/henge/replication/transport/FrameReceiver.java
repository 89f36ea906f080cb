package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.UUID;

/**
 * Checks what JGroups delivers and hands the frames to the listener, on JGroups' thread; large ones
 * on a thread of the executor.
 */
final class FrameReceiver implements Receiver {

  private final MemberId self;
  private final long clusterHash;
  private final Peers peers;
  private final Refusals refusals;
  private final ListenerGuard guard;
  private final TransportListener listener;
  private final Counters counters;
  private final Consumer<Peer> spoke;
  private final Consumer<Peer> acknowledge;
  private final Executor executor;

  FrameReceiver(
      MemberId self,
      long clusterHash,
      Peers peers,
      Refusals refusals,
      ListenerGuard guard,
      TransportListener listener,
      Counters counters,
      Consumer<Peer> spoke,
      Consumer<Peer> acknowledge,
      Executor executor) {
    this.self = self;
    this.clusterHash = clusterHash;
    this.peers = peers;
    this.refusals = refusals;
    this.guard = guard;
    this.listener = listener;
    this.counters = counters;
    this.spoke = spoke;
    this.acknowledge = acknowledge;
    this.executor = executor;
  }

  @Override
  public void receive(MessageBatch batch) {
    batch.forEach(this::receive);
  }

  @Override
  public void receive(Message message) {
    if (!(message.getSrc() instanceof UUID source) || !message.hasArray()) {
      refusals.refuse(String.valueOf(message.getSrc()), "a message that carries no frame");
      return;
    }
    MemberId sender =
        new MemberId(source.getMostSignificantBits(), source.getLeastSignificantBits());
    byte[] buffer = message.getArray();
    int offset = message.getOffset();
    FrameHeader.Kind kind = check(sender, buffer, offset, message.getLength());
    if (kind == null) {
      return;
    }
    Peer peer = peers.find(sender);
    if (peer != null) {
      peer.spoke();
      peer.link()
          .window()
          .received(FrameHeader.position(buffer, offset), FrameHeader.read(buffer, offset));
      spoke.accept(peer);
      peer.link().continueLarge();
    }
    if (kind.carriesFrame()) {
      counters.received();
      int length = message.getLength() - FrameHeader.BYTES;
      guard.run(
          "the listener",
          () -> listener.onFrame(sender, buffer, offset + FrameHeader.BYTES, length));
    } else if (kind == FrameHeader.Kind.FRAGMENT && peer != null) {
      // At once, because the sender goes on with its frame only when it knows.
      acknowledge.accept(peer);
      onFragment(peer, buffer, offset + FrameHeader.BYTES, message.getLength() - FrameHeader.BYTES);
    }
  }

  private void onFragment(Peer peer, byte[] buffer, int at, int length) {
    byte[] frame;
    try {
      Fragment fragment = Fragment.read(buffer, at, length);
      frame =
          peer.large()
              .add(
                  fragment,
                  buffer,
                  at + Fragment.BYTES,
                  length - Fragment.BYTES,
                  System.nanoTime());
    } catch (MalformedFrameException e) {
      refusals.refuse("member " + peer.id() + " at " + peer.link().address(), e.getMessage());
      return;
    }
    if (frame != null) {
      counters.received();
      deliverLarge(peer, frame);
    }
  }

  /** Not on the reading thread: what follows would wait for as long as the frame takes. */
  private void deliverLarge(Peer peer, byte[] frame) {
    try {
      executor.execute(
          () -> {
            guard.run("the listener", () -> listener.onFrame(peer.id(), frame, 0, frame.length));
            peer.large().workedOff(frame);
          });
    } catch (RejectedExecutionException closing) {
      peer.large().workedOff(frame);
    }
  }

  /** The frame's kind, or null if it is refused. */
  private FrameHeader.Kind check(MemberId sender, byte[] buffer, int offset, int length) {
    String reason;
    try {
      FrameHeader.Kind kind = FrameHeader.check(buffer, offset, length);
      if (FrameHeader.clusterHash(buffer, offset) != clusterHash) {
        reason = "a frame of another cluster";
      } else if (!FrameHeader.isFrom(buffer, offset, sender)) {
        reason = "a frame that names another sender than the member that sent it";
      } else if (!FrameHeader.isTo(buffer, offset, self)) {
        reason = "a frame for another incarnation";
      } else {
        return kind;
      }
    } catch (MalformedFrameException e) {
      reason = e.getMessage();
    }
    Peer peer = peers.find(sender);
    String address = peer == null ? "" : " at " + peer.link().address();
    refusals.refuse("member " + sender + address, reason);
    return null;
  }
}
