package io.henge.replication.membership;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Founding by the listed hosts (PROTOCOL 4.4, volatile voters): slot 0 names the incarnations of
 * <i>all</i> hosts and each of them has to accept it.
 *
 * <p>A founder holds on to the slot 0 that it accepted last, and accepts only one of a higher
 * ballot after it: what a dead incarnation proposed may arrive after all. So a founder that turned
 * to another slot 0 never starts the first, and one that started refuses every other. Two slot 0s
 * of which both have started would therefore need two sets of incarnations at the same hosts, of
 * which one is dead.
 */
final class FoundingRound {

  private static final long SEND_EVERY = 100_000_000L;

  private final ControlSettings settings;
  private final Member self;
  private final Outbox outbox;
  private final LongSupplier entropy;
  private final FoundingHosts hosts;
  private ClusterState proposed;
  private Ballot proposedAt = Ballot.NONE;
  private ClusterState accepted;
  private Ballot acceptedAt = Ballot.NONE;
  private Ballot highest = Ballot.NONE;
  private final Set<MemberId> acceptedBy = new TreeSet<>();
  private long sentAt = Long.MIN_VALUE;

  FoundingRound(
      ControlSettings settings,
      Member self,
      FoundingHosts hosts,
      Outbox outbox,
      LongSupplier entropy) {
    this.settings = settings;
    this.self = self;
    this.outbox = outbox;
    this.entropy = entropy;
    this.hosts = hosts;
  }

  /** Proposes if this member is the first of the founders; returns slot 0 once all accepted it. */
  ClusterState tick(List<PeerBook.Peer> fresh, long now) {
    if (isComplete()) {
      return accepted;
    }
    if (!Founding.isDue(sentAt, SEND_EVERY, now)) {
      return null;
    }
    sentAt = now;
    if (accepted != null) {
      outbox.sendAll(accepted.members().keySet(), new ControlMessage.GenesisAccepted(acceptedAt));
    }
    SortedMap<String, PeerBook.Peer> founders = founders(fresh, now);
    if (founders.size() == hosts.size() && isCoordinator(founders)) {
      propose(founders);
    }
    return null;
  }

  void onGenesis(MemberId from, ControlMessage.Genesis genesis) {
    ClusterState state = genesis.state();
    boolean ours =
        settings.bootstrap() == NodeBootstrap.VOTERS
            && state.slot() == 0
            && state.clusterName().equals(settings.clusterName())
            && state.members().containsKey(from)
            && state.members().containsKey(self.id())
            && isForgetful(self);
    if (!ours) {
      return;
    }
    see(genesis.ballot());
    int order = genesis.ballot().compareTo(acceptedAt);
    if (order > 0) {
      accepted = state;
      acceptedAt = genesis.ballot();
      acceptedBy.clear();
    }
    ControlMessage answer = new ControlMessage.GenesisAccepted(acceptedAt);
    if (order >= 0) {
      outbox.sendAll(state.members().keySet(), answer);
    } else {
      // Its proposer has to draw a higher ballot.
      outbox.send(from, answer);
    }
  }

  ClusterState onAccepted(MemberId from, ControlMessage.GenesisAccepted message) {
    see(message.ballot());
    if (accepted != null && acceptedAt.equals(message.ballot())) {
      acceptedBy.add(from);
    }
    return isComplete() ? accepted : null;
  }

  private void see(Ballot ballot) {
    if (ballot.compareTo(highest) > 0) {
      highest = ballot;
    }
  }

  /** What is missing, for people. */
  String describe(List<PeerBook.Peer> fresh) {
    String own = hosts.at(self.address());
    if (own == null) {
      return self.address() + " is not a founding host; waits for one of " + hosts.listed();
    }
    Set<String> missing = hosts.listed();
    missing.remove(own);
    Set<String> remembering = new TreeSet<>();
    for (PeerBook.Peer peer : fresh) {
      String host = hosts.at(peer.hello().self().address());
      if (host == null) {
        continue;
      }
      missing.remove(host);
      if (!isForgetful(peer.hello().self())) {
        remembering.add(host);
      }
    }
    return "waits for all founding hosts to answer; missing: "
        + missing
        + (remembering.isEmpty()
            ? ""
            : "; with a henge.data-dir, unlike this host: "
                + remembering
                + ": give one to a majority of the hosts, or to none");
  }

  /**
   * Hosts with durable memory found by their own rule, {@link DurableFounding}; one whose memory is
   * damaged may have founded before and does not found at all.
   */
  private static boolean isForgetful(Member member) {
    return member.voter().able() && !member.voter().durable();
  }

  private boolean isComplete() {
    return accepted != null && acceptedBy.containsAll(accepted.members().keySet());
  }

  /** Who is at each founding host now; of two incarnations the one heard last. */
  private SortedMap<String, PeerBook.Peer> founders(List<PeerBook.Peer> fresh, long now) {
    SortedMap<String, PeerBook.Peer> founders = new TreeMap<>();
    String own = hosts.at(self.address());
    for (PeerBook.Peer peer : fresh) {
      String host = hosts.at(peer.hello().self().address());
      boolean counts =
          host != null
              && !host.equals(own)
              && peer.hello().bootstrap() == NodeBootstrap.VOTERS
              && isForgetful(peer.hello().self());
      if (counts) {
        founders.merge(host, peer, (a, b) -> a.at() - b.at() >= 0 ? a : b);
      }
    }
    if (own != null && isForgetful(self)) {
      founders.put(own, new PeerBook.Peer(self.id(), null, now));
    }
    return founders;
  }

  private boolean isCoordinator(SortedMap<String, PeerBook.Peer> founders) {
    PeerBook.Peer first =
        founders.values().stream()
            .min(Comparator.comparingLong(this::startedAt).thenComparing(PeerBook.Peer::id))
            .orElseThrow();
    return first.id().equals(self.id());
  }

  private long startedAt(PeerBook.Peer peer) {
    return peer.hello() == null ? settings.startedAt() : peer.hello().startedAt();
  }

  private void propose(SortedMap<String, PeerBook.Peer> founders) {
    List<Member> members = new ArrayList<>();
    for (PeerBook.Peer peer : founders.values()) {
      members.add(peer.hello() == null ? self : peer.hello().self());
    }
    Set<MemberId> ids = new TreeSet<>(members.stream().map(Member::id).toList());
    boolean overtaken = highest.compareTo(proposedAt) > 0;
    if (proposed == null || overtaken || !proposed.members().keySet().equals(ids)) {
      proposedAt = new Ballot(highest.round() + 1, self.id());
      see(proposedAt);
      proposed =
          ClusterState.founded(
              new MemberId(entropy.getAsLong(), entropy.getAsLong()),
              settings.clusterName(),
              settings.timings(),
              settings.partitionsPerGroup(),
              members,
              NodeBootstrap.VOTERS,
              settings.startedAt());
    }
    outbox.sendAll(ids, new ControlMessage.Genesis(proposedAt, proposed));
  }
}
