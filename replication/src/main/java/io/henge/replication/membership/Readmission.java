package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How an incarnation that remembers its cluster comes back into it (PROTOCOL 4.4): it votes at
 * once, for its directory, and asks to be made a member. It holds no lease and no data meanwhile.
 */
final class Readmission {

  private static final long ASK_EVERY = 100_000_000L;
  private static final long TELL_EVERY = 5_000_000_000L;
  private static final long FRESH = 1_000_000_000L;

  private final Member self;
  private final ClusterLog log;
  private final PeerBook peers;
  private final Gatekeeper gatekeeper;
  private final Outbox outbox;
  private long askedAt = Long.MIN_VALUE;
  private long toldAt;
  private int asked;

  Readmission(
      Member self, ClusterLog log, PeerBook peers, Gatekeeper gatekeeper, Outbox outbox, long now) {
    this.self = self;
    this.log = log;
    this.peers = peers;
    this.gatekeeper = gatekeeper;
    this.outbox = outbox;
    toldAt = now;
  }

  /** To be called at each tick while this incarnation is not a member. */
  void tick(long now) {
    if (!Founding.isDue(askedAt, ASK_EVERY, now)) {
      return;
    }
    askedAt = now;
    peers.all().forEach(peer -> gatekeeper.greet(peer.id(), false));
    MemberId contact = contact(now);
    if (contact != null) {
      outbox.send(contact, new ControlMessage.JoinRequest(log.state().clusterId(), self));
    } else if (now - toldAt >= TELL_EVERY) {
      toldAt = now;
      outbox.event(ControlEvent.Kind.WAITING, self.id(), describe(now));
    }
  }

  /** Whether it asked anybody to make it a member. */
  boolean asked() {
    return asked > 0;
  }

  /** The leader, else somebody who is a member now. */
  private MemberId contact(long now) {
    if (log.leading()) {
      return log.self();
    }
    List<MemberId> members = new ArrayList<>();
    for (PeerBook.Peer peer : peers.fresh(FRESH, now)) {
      ClusterIdentity cluster = peer.hello().cluster();
      if (cluster != null && cluster.clusterId().equals(log.state().clusterId())) {
        members.add(peer.id());
      }
    }
    MemberId leader = log.leader();
    if (leader != null && !leader.equals(log.self())) {
      members.add(leader);
    }
    members.sort(Comparator.naturalOrder());
    return members.isEmpty() ? null : members.get(asked++ % members.size());
  }

  /** Whom it waits for, for people. */
  private String describe(long now) {
    ClusterState state = log.state();
    List<String> missing = new ArrayList<>();
    for (MemberId voter : state.voters()) {
      MemberId member = outbox.seats().memberOf(voter);
      boolean here =
          voter.equals(log.voter())
              || peers.fresh(FRESH, now).stream().anyMatch(peer -> peer.id().equals(member));
      if (!here) {
        Member host = state.hostOf(voter);
        missing.add(host == null ? voter.abbreviated() : host.name() + " at " + host.address());
      }
    }
    return "remembers cluster "
        + state.clusterId().abbreviated()
        + " at slot "
        + state.slot()
        + " and waits for a majority of its "
        + state.voters().size()
        + " voters; not seen: "
        + missing
        + ". If they are gone for good, empty the data directories of all members to begin anew";
  }
}
