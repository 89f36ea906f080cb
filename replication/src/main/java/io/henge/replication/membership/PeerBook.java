package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who can be reached, and how each introduced itself last. Bounded. */
final class PeerBook {

  /**
   * A peer's introduction.
   *
   * @param hello null while it has not introduced itself
   * @param at when it did, on this member's clock
   */
  record Peer(MemberId id, ControlMessage.Hello hello, long at) {}

  private static final int MOST = 1024;

  private final SortedMap<MemberId, Peer> peers = new TreeMap<>();

  void appeared(MemberId peer, long now) {
    if (peers.size() < MOST) {
      peers.putIfAbsent(peer, new Peer(peer, null, now));
    }
  }

  void introduced(MemberId peer, ControlMessage.Hello hello, long now) {
    if (peers.size() < MOST || peers.containsKey(peer)) {
      peers.put(peer, new Peer(peer, hello, now));
    }
  }

  void lost(MemberId peer) {
    peers.remove(peer);
  }

  List<Peer> all() {
    return List.copyOf(peers.values());
  }

  /** Those that introduced themselves within {@code time}. */
  List<Peer> fresh(long time, long now) {
    List<Peer> fresh = new ArrayList<>();
    for (Peer peer : peers.values()) {
      if (peer.hello() != null && now - peer.at() < time) {
        fresh.add(peer);
      }
    }
    return fresh;
  }
}
