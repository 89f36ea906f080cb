package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.Address;
import org.jgroups.util.UUID;

/** Another member: its id, the same as JGroups writes it, and the way to it. */
final class Peer {

  private final MemberId id;
  private final Address address;
  private final PeerLink link;
  private final Patience patience = new Patience();
  private final Reassembly large;
  private final AtomicBoolean reachable = new AtomicBoolean();

  /** Whether it said something since {@link #silentRounds} last looked. */
  private volatile boolean spoke = true;

  private int silentRounds;

  Peer(MemberId id, PeerLink link, Reassembly large) {
    this.id = id;
    this.address = new UUID(id.high(), id.low());
    this.link = link;
    this.large = large;
  }

  MemberId id() {
    return id;
  }

  Address address() {
    return address;
  }

  PeerLink link() {
    return link;
  }

  /** The large frame that comes from the peer. */
  Reassembly large() {
    return large;
  }

  Patience patience() {
    return patience;
  }

  /** Notes that something came from the peer. */
  void spoke() {
    if (!spoke) {
      spoke = true;
    }
  }

  /** How often this was asked, by one thread, since the peer last said something. */
  int silentRounds() {
    silentRounds = spoke ? 0 : silentRounds + 1;
    spoke = false;
    return silentRounds;
  }

  /** Notes that the peer answered; true if that is news. */
  boolean becomesReachable() {
    boolean news = !reachable.get() && reachable.compareAndSet(false, true);
    if (news) {
      patience.heard();
    }
    return news;
  }

  boolean isReachable() {
    return reachable.get();
  }

  /** Notes that the connection broke. */
  void becomesUnreachable() {
    reachable.set(false);
  }
}
