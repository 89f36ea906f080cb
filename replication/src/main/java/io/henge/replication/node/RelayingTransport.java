package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.relay.Beat;
import io.henge.replication.relay.Reachability;
import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.Transport;
import io.henge.replication.transport.TransportListener;
import io.henge.replication.transport.TransportStatistics;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A transport that goes round broken links between members by way of a third one ({@link
 * Reachability}; decision 14). As long as every link works a frame costs one look at an empty map.
 * Thread-safe.
 */
final class RelayingTransport implements Transport {

  private static final Logger LOG = System.getLogger(RelayingTransport.class.getPackageName());

  /** What a frame to be passed on has before the frame itself. */
  private static final int ENVELOPE_BYTES = 2 + 2 * 2 * Long.BYTES;

  private final Transport direct;
  private final String name;
  private final Cut cut;
  private final ReentrantLock lock = new ReentrantLock();
  private final Reachability reachability;
  private volatile SortedMap<MemberId, MemberId> detours = Collections.emptySortedMap();
  private volatile TransportListener listener;

  /**
   * Wraps a transport that has not started.
   *
   * @param name the node's, for the log
   * @param cut while it lasts, all frames to others and from them are dropped
   */
  RelayingTransport(Transport direct, String name, Cut cut) {
    this.direct = direct;
    this.name = name;
    this.cut = cut;
    this.reachability = new Reachability(direct.self());
  }

  @Override
  public MemberId self() {
    return direct.self();
  }

  @Override
  public String host() {
    return direct.host();
  }

  @Override
  public int port() {
    return direct.port();
  }

  @Override
  public void start(TransportListener frameListener) throws IOException {
    listener = frameListener;
    direct.start(new Listener());
  }

  /** Follows the members of the cluster: learns their addresses, watches the links to them. */
  void follow(ClusterState before, ClusterState after) {
    keep(after.members().keySet());
    for (Member member : after.members().values()) {
      boolean known = before != null && before.members().containsKey(member.id());
      if (!known && !member.id().equals(self())) {
        learnAddress(member.id(), member.host(), member.port());
      }
    }
    if (before != null) {
      for (MemberId member : before.members().keySet()) {
        if (!after.members().containsKey(member) && !member.equals(self())) {
          forget(member);
        }
      }
    }
    allowSilence(after.timings().suspendAfter());
    if (before == null || !before.members().keySet().equals(after.members().keySet())) {
      lock.lock();
      try {
        reachability.follow(after.members().keySet(), after.timings().suspendAfter());
        publish();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets time pass: tells the others which links work. */
  void tick(long now) {
    Beat beat;
    List<MemberId> peers;
    lock.lock();
    try {
      beat = reachability.tick(now);
      peers = beat == null ? List.of() : List.copyOf(reachability.peers());
      publish();
    } finally {
      lock.unlock();
    }
    for (MemberId peer : peers) {
      pass(peer, Channel.CONTROL, Frames.of(beat));
    }
  }

  /** Under the lock. */
  private void publish() {
    SortedMap<MemberId, MemberId> now = reachability.detours();
    SortedMap<MemberId, MemberId> before = detours;
    if (now != before) {
      detours = now;
      LOG.log(
          Level.INFO,
          now.isEmpty()
              ? "{0}: all links that can be gone round work again"
              : "{0}: links to {1} member(s) are broken, goes through others: {2}",
          name,
          now.size(),
          now);
    }
  }

  @Override
  public void send(MemberId to, Channel channel, WireWriter frame) {
    MemberId relay = detours.isEmpty() ? null : detours.get(to);
    int length = frame.size() - HEADROOM + ENVELOPE_BYTES;
    int most = channel == Channel.CONTROL ? LARGEST_WHOLE_BYTES : LARGEST_FRAME_BYTES;
    if (relay == null || length > most) {
      pass(to, channel, frame);
    } else {
      WireWriter envelope = Transport.frame(length).writeByte(Frames.RELAYED);
      envelope.writeBoolean(channel == Channel.CONTROL).writeMember(self()).writeMember(to);
      envelope.writeRaw(frame.array(), HEADROOM, frame.size() - HEADROOM);
      pass(relay, channel, envelope);
    }
  }

  private void pass(MemberId to, Channel channel, WireWriter frame) {
    if (!isCutFrom(to)) {
      direct.send(to, channel, frame);
    }
  }

  private boolean isCutFrom(MemberId peer) {
    return cut.is() && !peer.equals(self());
  }

  @Override
  public void together(Runnable sends) {
    direct.together(sends);
  }

  @Override
  public void allowSilence(long nanos) {
    direct.allowSilence(nanos);
  }

  @Override
  public void keep(Set<MemberId> members) {
    direct.keep(members);
  }

  @Override
  public boolean isSendingLarge(MemberId to) {
    return direct.isSendingLarge(to) || direct.isSendingLarge(detours.getOrDefault(to, to));
  }

  @Override
  public boolean isReceivingLarge(MemberId from) {
    return direct.isReceivingLarge(from)
        || direct.isReceivingLarge(detours.getOrDefault(from, from));
  }

  @Override
  public void learnAddress(MemberId peer, String host, int port) {
    direct.learnAddress(peer, host, port);
  }

  @Override
  public void forget(MemberId peer) {
    direct.forget(peer);
  }

  @Override
  public TransportStatistics statistics() {
    return direct.statistics();
  }

  @Override
  public void close() {
    direct.close();
  }

  @Override
  public void abort() {
    direct.abort();
  }

  private final class Listener implements TransportListener {

    @Override
    public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
      int kind = length == 0 ? -1 : buffer[offset];
      if (isCutFrom(from)) {
        return;
      }
      if (kind == Frames.BEAT) {
        onBeat(from, new WireReader(buffer, offset + 1, length - 1));
      } else if (kind == Frames.RELAYED) {
        onRelayed(from, buffer, offset, length);
      } else {
        listener.onFrame(from, buffer, offset, length);
      }
    }

    private void onBeat(MemberId from, WireReader reader) {
      Beat beat = Beat.read(reader);
      reader.expectEnd();
      lock.lock();
      try {
        reachability.onBeat(from, beat);
        publish();
      } finally {
        lock.unlock();
      }
    }

    /** Takes what is for this member; passes the rest on once, if its sender brought it itself. */
    private void onRelayed(MemberId from, byte[] buffer, int offset, int length) {
      WireReader reader = new WireReader(buffer, offset + 1, length - 1);
      Channel channel = reader.readBoolean() ? Channel.CONTROL : Channel.DATA;
      MemberId origin = reader.readMember();
      MemberId destination = reader.readMember();
      if (destination.equals(self())) {
        int start = offset + length - reader.remaining();
        listener.onFrame(origin, buffer, start, reader.remaining());
      } else if (origin.equals(from)) {
        WireWriter copy = Transport.frame(length).writeRaw(buffer, offset, length);
        pass(destination, channel, copy);
      }
    }

    @Override
    public void onPeerAppeared(MemberId peer) {
      listener.onPeerAppeared(peer);
    }

    @Override
    public void onConnectionLost(MemberId peer, String evidence) {
      listener.onConnectionLost(peer, evidence);
    }
  }
}
