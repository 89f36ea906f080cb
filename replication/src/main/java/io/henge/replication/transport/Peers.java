package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jgroups.stack.IpAddress;

/**
 * The known peers by id, and links to addresses of which it is not known who listens there. Both
 * are bounded, because anyone who can connect can claim an id.
 */
final class Peers {

  private static final int MOST_PEERS = 4096;
  static final int MOST_CONTACTS = 4096;

  private final Map<MemberId, Peer> peers = new ConcurrentHashMap<>();
  private final Map<IpAddress, PeerLink> contacts = new ConcurrentHashMap<>();

  /** Not forgotten, however long they are silent. */
  private volatile Set<MemberId> members = Set.of();

  private final AtomicLong positionsUsed = new AtomicLong();

  /** What large frames that are being put together may still take of the heap. */
  private final AtomicLong largeBudget =
      new AtomicLong(Math.max(Transport.LARGEST_FRAME_BYTES, Runtime.getRuntime().maxMemory() / 4));

  private volatile long patience = Patience.USUALLY_FIRST_NANOS;

  private final BiFunction<IpAddress, SendWindow, PeerLink> links;
  private final Function<IpAddress, PeerLink> contactLinks;

  Peers(
      BiFunction<IpAddress, SendWindow, PeerLink> links,
      Function<IpAddress, PeerLink> contactLinks) {
    this.links = links;
    this.contactLinks = contactLinks;
  }

  /** Says who is a member. */
  void keep(Set<MemberId> ids) {
    if (!members.equals(ids)) {
      members = Set.copyOf(ids);
    }
  }

  boolean isMember(MemberId id) {
    return members.contains(id);
  }

  /** Says how long members may be silent, in nanoseconds. */
  void allowSilence(long silence) {
    patience = Patience.firstFor(silence);
  }

  /** How long a connection may carry nothing before it is renewed for the first time. */
  long patience() {
    return patience;
  }

  /** The peer, or null if its address was never learned. */
  Peer find(MemberId id) {
    return peers.get(id);
  }

  /**
   * Notes where a peer listens.
   *
   * @return where it listened before, if nobody else is there; otherwise null
   */
  IpAddress learn(MemberId id, IpAddress address) {
    Peer peer = peers.get(id);
    if (peer == null && peers.size() < MOST_PEERS) {
      peer = peers.computeIfAbsent(id, each -> newPeer(each, address));
    }
    PeerLink contact = contacts.remove(address);
    if (contact != null) {
      contact.close();
    }
    if (peer == null || peer.link().address().equals(address)) {
      return null;
    }
    IpAddress before = peer.link().address();
    peer.link().moveTo(address);
    return isKnown(before) ? null : before;
  }

  private Peer newPeer(MemberId id, IpAddress address) {
    return new Peer(
        id, links.apply(address, new SendWindow(positionsUsed.get())), new Reassembly(largeBudget));
  }

  /**
   * Notes that a peer spoke where it is known to listen: whoever listened there before is gone, and
   * what is sent to it would only reach the new one, which refuses it.
   */
  void spoke(Peer peer) {
    at(
        peer.link().address(),
        other -> {
          if (other != peer) {
            other.becomesUnreachable();
            other.link().close();
          }
        });
    peer.link().open();
  }

  /** Removes a peer; null if it is not known. */
  Peer forget(MemberId id) {
    Peer peer = peers.remove(id);
    if (peer != null) {
      peer.link().close();
      peer.large().drop();
      positionsUsed.accumulateAndGet(peer.link().window().position(), Math::max);
    }
    return peer;
  }

  /** The link to an address: that of the peer known there, or one that knows no peer. */
  PeerLink contact(IpAddress address) {
    for (Peer peer : peers.values()) {
      if (peer.link().address().equals(address)) {
        return peer.link();
      }
    }
    PeerLink contact = contacts.get(address);
    if (contact == null && contacts.size() < MOST_CONTACTS) {
      contact = contacts.computeIfAbsent(address, contactLinks);
    }
    return contact;
  }

  /** Whether some peer listens there. */
  boolean isKnown(IpAddress address) {
    return peers.values().stream().anyMatch(peer -> peer.link().address().equals(address));
  }

  /** Does something with every peer at an address: there may be a past incarnation beside one. */
  void at(IpAddress address, Consumer<Peer> action) {
    for (Peer peer : peers.values()) {
      if (peer.link().address().equals(address)) {
        action.accept(peer);
      }
    }
  }

  Collection<Peer> all() {
    return peers.values();
  }

  /** Closes every link. */
  void close() {
    peers.values().forEach(peer -> peer.link().close());
    contacts.values().forEach(PeerLink::close);
  }
}
