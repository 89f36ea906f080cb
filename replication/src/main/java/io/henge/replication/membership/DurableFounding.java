package io.henge.replication.membership;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Founding by a majority of the listed hosts, all with durable memory (PROTOCOL 4.4): one instance
 * of Paxos whose acceptors are the hosts' directories and whose value is slot 0. Two majorities
 * share a directory that remembers, so at most one slot 0 is ever chosen, however often hosts
 * restart and whoever is cut off from whom. A host without a directory has no vote here: what it
 * accepted would be forgotten with it.
 *
 * <p>Whoever sees its slot 0 chosen enters it; the others learn of it when they ask to join.
 */
final class DurableFounding {

  private static final long RETRY_AFTER = 500_000_000L;

  private final ControlSettings settings;
  private final Member self;
  private final MemoryKeeper keeper;
  private final FoundingHosts hosts;
  private final PeerBook peers;
  private final Outbox outbox;
  private final LongSupplier entropy;
  private long highestRound;
  private Ballot ballot;
  private final SortedMap<String, ControlMessage.FoundingPromise> promises = new TreeMap<>();
  private final Set<String> acceptedAt = new TreeSet<>();
  private ClusterState proposed;
  private ClusterState chosen;
  private long triedAt = Long.MIN_VALUE;
  private long majoritySince = Long.MIN_VALUE;

  /** After which time this member tries though another one should have. */
  private long patience;

  private boolean toldOfOtherList;

  DurableFounding(
      ControlSettings settings,
      Member self,
      MemoryKeeper keeper,
      FoundingHosts hosts,
      PeerBook peers,
      Outbox outbox,
      LongSupplier entropy) {
    this.settings = settings;
    this.self = self;
    this.keeper = keeper;
    this.hosts = hosts;
    this.peers = peers;
    this.outbox = outbox;
    this.entropy = entropy;
    patience = settings.discoveryTime() + RETRY_AFTER * (2 + entropy.getAsLong() % 6);
    highestRound = keeper.memory().founding().promised().round();
  }

  /** Tries a ballot if it is this member's turn; returns slot 0 once it is chosen. */
  ClusterState tick(List<PeerBook.Peer> fresh, long now) {
    if (chosen != null) {
      return chosen;
    }
    SortedMap<String, Member> founders = founders(fresh);
    if (hosts.at(self.address()) == null || !isMajority(founders.size())) {
      majoritySince = Long.MIN_VALUE;
      return null;
    }
    if (majoritySince == Long.MIN_VALUE) {
      majoritySince = now;
    }
    // Hosts that start together should be founders together; who is down is not waited for.
    boolean complete = founders.size() == hosts.size();
    boolean waited = now - majoritySince >= settings.discoveryTime();
    if ((complete || waited)
        && (isFirst(fresh) || now - majoritySince >= patience)
        && Founding.isDue(triedAt, RETRY_AFTER, now)) {
      triedAt = now;
      patience = now - majoritySince + RETRY_AFTER * (2 + entropy.getAsLong() % 6);
      prepare(founders);
    }
    return null;
  }

  private void prepare(SortedMap<String, Member> founders) {
    Ballot mine = new Ballot(++highestRound, self.voter().id());
    ballot = mine;
    promises.clear();
    acceptedAt.clear();
    proposed = null;
    FoundingVote before = keeper.memory().founding();
    keeper.foundingPromised(mine);
    // The ballot must not be drawn again by a later incarnation: nobody hears of it before it is
    // on disk.
    keeper.whenSafe(
        () -> {
          if (!mine.equals(ballot)) {
            return;
          }
          onPromise(
              hosts.at(self.address()),
              new ControlMessage.FoundingPromise(mine, mine, before.ballot(), before.accepted()));
          ControlMessage message = new ControlMessage.FoundingPrepare(mine, hosts.sorted());
          founders.values().forEach(founder -> sendToOther(founder.id(), message));
        });
  }

  /** Answers a founder. */
  void onPrepare(MemberId from, ControlMessage.FoundingPrepare message) {
    if (!isFounder(from, message.hosts())) {
      return;
    }
    highestRound = Math.max(highestRound, message.ballot().round());
    FoundingVote vote = keeper.memory().founding();
    if (message.ballot().compareTo(vote.promised()) > 0) {
      keeper.foundingPromised(message.ballot());
    }
    ControlMessage answer =
        new ControlMessage.FoundingPromise(
            message.ballot(),
            keeper.memory().founding().promised(),
            vote.ballot(),
            vote.accepted());
    keeper.whenSafe(() -> outbox.send(from, answer));
  }

  void onPromise(MemberId from, ControlMessage.FoundingPromise message) {
    highestRound = Math.max(highestRound, message.promised().round());
    String host = hostOf(from);
    if (host != null && message.ballot().equals(message.promised())) {
      onPromise(host, message);
    }
  }

  private void onPromise(String host, ControlMessage.FoundingPromise message) {
    if (!message.ballot().equals(ballot) || proposed != null) {
      return;
    }
    promises.put(host, message);
    if (isMajority(promises.size())) {
      propose();
    }
  }

  private void propose() {
    Ballot highest = Ballot.NONE;
    for (ControlMessage.FoundingPromise promise : promises.values()) {
      if (promise.accepted() != null && promise.acceptedAt().compareTo(highest) > 0) {
        highest = promise.acceptedAt();
        proposed = promise.accepted();
      }
    }
    SortedMap<String, Member> founders = founders(peers.all());
    if (proposed == null) {
      proposed = slotZero(founders.values().stream().toList());
    }
    Ballot mine = ballot;
    ClusterState value = proposed;
    if (mine.compareTo(keeper.memory().founding().promised()) >= 0) {
      keeper.foundingAccepted(mine, value);
      keeper.whenSafe(() -> accepted(hosts.at(self.address()), mine));
    }
    ControlMessage message = new ControlMessage.FoundingAccept(mine, hosts.sorted(), value);
    founders.values().forEach(founder -> sendToOther(founder.id(), message));
  }

  void onAccept(MemberId from, ControlMessage.FoundingAccept message) {
    if (!isFounder(from, message.hosts()) || message.slotZero().slot() != 0) {
      return;
    }
    highestRound = Math.max(highestRound, message.ballot().round());
    if (message.ballot().compareTo(keeper.memory().founding().promised()) >= 0) {
      if (!message.ballot().equals(keeper.memory().founding().ballot())) {
        keeper.foundingAccepted(message.ballot(), message.slotZero());
      }
      ControlMessage answer = new ControlMessage.FoundingAccepted(message.ballot());
      keeper.whenSafe(() -> outbox.send(from, answer));
    }
  }

  void onAccepted(MemberId from, ControlMessage.FoundingAccepted message) {
    String host = hostOf(from);
    if (host != null) {
      accepted(host, message.ballot());
    }
  }

  private void accepted(String host, Ballot at) {
    if (at.equals(ballot) && proposed != null) {
      acceptedAt.add(host);
      if (isMajority(acceptedAt.size())) {
        chosen = proposed;
      }
    }
  }

  /** What is missing, for people. */
  String describe(List<PeerBook.Peer> fresh) {
    String own = hosts.at(self.address());
    if (own == null) {
      return self.address() + " is not a founding host; waits for one of " + hosts.listed();
    }
    Set<String> missing = hosts.listed();
    missing.removeAll(founders(fresh).keySet());
    List<String> forgetful = new ArrayList<>();
    for (PeerBook.Peer peer : fresh) {
      String host = hosts.at(peer.hello().self().address());
      if (host != null && missing.contains(host)) {
        forgetful.add(host);
      }
    }
    return "waits for a majority of the founding hosts; missing: "
        + missing
        + (forgetful.isEmpty()
            ? ""
            : "; of these answer without a usable henge.data-dir and do not count: " + forgetful);
  }

  private ClusterState slotZero(List<Member> founders) {
    return ClusterState.founded(
        new MemberId(entropy.getAsLong(), entropy.getAsLong()),
        settings.clusterName(),
        settings.timings(),
        settings.partitionsPerGroup(),
        founders,
        NodeBootstrap.VOTERS,
        settings.startedAt());
  }

  /** The listed hosts that count: heard of, with durable memory, and in no cluster. */
  private SortedMap<String, Member> founders(List<PeerBook.Peer> known) {
    SortedMap<String, Member> founders = new TreeMap<>();
    for (PeerBook.Peer peer : known) {
      String host = peer.hello() == null ? null : hosts.at(peer.hello().self().address());
      if (host != null && counts(peer.hello())) {
        founders.merge(
            host, peer.hello().self(), (a, b) -> a.voter().start() >= b.voter().start() ? a : b);
      }
    }
    String own = hosts.at(self.address());
    if (own != null) {
      founders.put(own, self);
    }
    return founders;
  }

  private static boolean counts(ControlMessage.Hello hello) {
    return hello.self().voter().durable()
        && hello.bootstrap() == NodeBootstrap.VOTERS
        && hello.cluster() == null
        && hello.remembered() == null;
  }

  /** The host at which a member that counts is, or null. */
  private String hostOf(MemberId member) {
    for (Map.Entry<String, Member> founder : founders(peers.all()).entrySet()) {
      if (founder.getValue().id().equals(member)) {
        return founder.getKey();
      }
    }
    return null;
  }

  private boolean isFounder(MemberId from, List<String> theirHosts) {
    if (hostOf(from) == null) {
      return false;
    }
    if (theirHosts.equals(hosts.sorted())) {
      return true;
    }
    if (!toldOfOtherList) {
      toldOfOtherList = true;
      outbox.event(
          ControlEvent.Kind.REFUSED,
          from,
          "a founder lists the hosts "
              + theirHosts
              + ", this member "
              + hosts.sorted()
              + ": give all the same list, or two clusters could be founded");
    }
    return false;
  }

  /** The one started first tries first: it is the most likely to see the others. */
  private boolean isFirst(List<PeerBook.Peer> fresh) {
    for (PeerBook.Peer peer : fresh) {
      if (hosts.at(peer.hello().self().address()) != null && counts(peer.hello())) {
        int order = Long.compare(peer.hello().startedAt(), settings.startedAt());
        if (order < 0 || (order == 0 && peer.id().compareTo(self.id()) < 0)) {
          return false;
        }
      }
    }
    return true;
  }

  private void sendToOther(MemberId to, ControlMessage message) {
    if (!to.equals(self.id())) {
      outbox.send(to, message);
    }
  }

  private boolean isMajority(int count) {
    return count > hosts.size() / 2;
  }
}
