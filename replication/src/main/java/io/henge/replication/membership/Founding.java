package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A member that is in no cluster yet (PROTOCOL 4.4): joins one that exists, else founds one if its
 * bootstrap allows. The joiner never forms a cluster while it can reach one (I20).
 */
final class Founding {

  private static final long GREET_EVERY = 100_000_000L;
  private static final long ASK_EVERY = 100_000_000L;
  private static final long TELL_EVERY = 5_000_000_000L;

  /** Who was silent for longer is not counted on. */
  private static final long FRESH = 1_000_000_000L;

  private final ControlSettings settings;
  private final Member self;
  private final PeerBook peers;
  private final Introductions introductions;
  private final Outbox outbox;
  private final LongSupplier entropy;
  private final FoundingRound round;
  private final FoundingHosts hosts;

  /** The round of hosts with durable memory; null if this one has none. */
  private final DurableFounding durable;

  private long searchingSince;
  private long greetedAt = Long.MIN_VALUE;
  private long askedAt = Long.MIN_VALUE;
  private long toldAt;
  private int asked;

  /** The cluster that it asked last to join; null if it asked none. */
  private MemberId askedCluster;

  Founding(
      ControlSettings settings,
      Member self,
      MemoryKeeper keeper,
      PeerBook peers,
      Introductions introductions,
      Outbox outbox,
      LongSupplier entropy,
      long now) {
    this.settings = settings;
    this.self = self;
    this.peers = peers;
    this.introductions = introductions;
    this.outbox = outbox;
    this.entropy = entropy;
    hosts = new FoundingHosts(settings.seeds());
    round = new FoundingRound(settings, self, hosts, outbox, entropy);
    durable =
        keeper.durable()
            ? new DurableFounding(settings, self, keeper, hosts, peers, outbox, entropy)
            : null;
    searchingSince = now;
    toldAt = now;
  }

  /** Returns slot 0 if this member may start a cluster now, else null. */
  ClusterState tick(long now) {
    if (isDue(greetedAt, GREET_EVERY, now)) {
      greetedAt = now;
      peers.all().forEach(peer -> introductions.greet(peer.id(), null, null, false));
    }
    List<PeerBook.Peer> fresh = peers.fresh(FRESH, now);
    ClusterIdentity existing = existing(fresh);
    if (existing != null) {
      searchingSince = now;
      ask(existing, fresh, now);
      return null;
    }
    ClusterState founded =
        switch (settings.bootstrap()) {
          case VOTERS -> durable != null ? durable.tick(fresh, now) : round.tick(fresh, now);
          case SINGLE -> searched(now) ? foundAlone() : null;
          case AUTO -> searched(now) && isFirst(fresh) ? foundAlone() : null;
        };
    if (founded == null) {
      tellThatItWaits(fresh, now);
    }
    return founded;
  }

  void onHostResolved(Hint.HostResolved host) {
    hosts.resolved(host.listed(), host.addresses());
  }

  /** Takes a message about founding by hosts with durable memory. */
  void onDurable(MemberId from, ControlMessage message) {
    if (durable == null || settings.bootstrap() != NodeBootstrap.VOTERS) {
      return;
    }
    if (message instanceof ControlMessage.FoundingPrepare m) {
      durable.onPrepare(from, m);
    } else if (message instanceof ControlMessage.FoundingPromise m) {
      durable.onPromise(from, m);
    } else if (message instanceof ControlMessage.FoundingAccept m) {
      durable.onAccept(from, m);
    } else if (message instanceof ControlMessage.FoundingAccepted m) {
      durable.onAccepted(from, m);
    }
  }

  void onGenesis(MemberId from, ControlMessage.Genesis genesis) {
    round.onGenesis(from, genesis);
  }

  /** Returns slot 0 if that was the last founder, else null. */
  ClusterState onGenesisAccepted(MemberId from, ControlMessage.GenesisAccepted accepted) {
    return round.onAccepted(from, accepted);
  }

  /** Ends the search: what takes back the request to join, or null if nobody was asked. */
  Withdrawal withdraw() {
    return askedCluster == null ? null : new Withdrawal(askedCluster, peers, outbox);
  }

  private boolean searched(long now) {
    return now - searchingSince >= settings.discoveryTime();
  }

  /** Of those who may found alone, the one started first does; the others wait for it. */
  private boolean isFirst(List<PeerBook.Peer> fresh) {
    int visible = 1;
    for (PeerBook.Peer peer : fresh) {
      ControlMessage.Hello hello = peer.hello();
      if (hello.bootstrap() == NodeBootstrap.SINGLE) {
        return false;
      }
      if (hello.bootstrap() == NodeBootstrap.AUTO) {
        visible++;
        int order = Long.compare(hello.startedAt(), settings.startedAt());
        if (order < 0 || (order == 0 && peer.id().compareTo(self.id()) < 0)) {
          return false;
        }
      }
    }
    return visible >= settings.expectedSize();
  }

  private ClusterState foundAlone() {
    return ClusterState.founded(
        new MemberId(entropy.getAsLong(), entropy.getAsLong()),
        settings.clusterName(),
        settings.timings(),
        settings.partitionsPerGroup(),
        List.of(self),
        settings.bootstrap(),
        settings.startedAt());
  }

  /**
   * The cluster to join: one that lives, else one that somebody remembers and waits for, because
   * nothing is founded while anybody reachable knows of a cluster. Of several that one which gives
   * way to none of the others.
   */
  private static ClusterIdentity existing(List<PeerBook.Peer> fresh) {
    ClusterIdentity living = best(fresh, ControlMessage.Hello::cluster);
    return living != null ? living : best(fresh, ControlMessage.Hello::remembered);
  }

  private static ClusterIdentity best(
      List<PeerBook.Peer> fresh, Function<ControlMessage.Hello, ClusterIdentity> which) {
    ClusterIdentity best = null;
    for (PeerBook.Peer peer : fresh) {
      ClusterIdentity cluster = which.apply(peer.hello());
      if (cluster != null
          && (best == null || best.givesWayTo(cluster) || cluster.descendsFrom(best))) {
        best = cluster;
      }
    }
    return best;
  }

  private void ask(ClusterIdentity cluster, List<PeerBook.Peer> fresh, long now) {
    if (!isDue(askedAt, ASK_EVERY, now)) {
      return;
    }
    if (askedAt == Long.MIN_VALUE) {
      outbox.event(
          ControlEvent.Kind.JOINING,
          self.id(),
          "asks to join cluster " + cluster.clusterId().abbreviated());
    }
    askedAt = now;
    askedCluster = cluster.clusterId();
    List<PeerBook.Peer> contacts = new ArrayList<>(fresh);
    contacts.removeIf(
        peer ->
            !cluster.equals(peer.hello().cluster()) && !cluster.equals(peer.hello().remembered()));
    contacts.sort(Comparator.comparing(PeerBook.Peer::id));
    MemberId contact = contacts.get(asked++ % contacts.size()).id();
    outbox.send(contact, new ControlMessage.JoinRequest(cluster.clusterId(), self));
  }

  private void tellThatItWaits(List<PeerBook.Peer> fresh, long now) {
    if (now - toldAt < TELL_EVERY) {
      return;
    }
    toldAt = now;
    String text =
        settings.bootstrap() == NodeBootstrap.VOTERS
            ? durable != null ? durable.describe(fresh) : round.describe(fresh)
            : "finds no cluster; sees " + fresh.size() + " other members that are in none either";
    outbox.event(ControlEvent.Kind.WAITING, self.id(), text);
  }

  static boolean isDue(long last, long interval, long now) {
    return last == Long.MIN_VALUE || now - last >= interval;
  }
}
