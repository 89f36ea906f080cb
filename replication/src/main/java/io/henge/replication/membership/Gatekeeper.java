package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.TreeSet;

/** A member's dealings with those who are not in its cluster: joiners, former members, rivals. */
final class Gatekeeper {

  private static final long GREET_EVERY = 500_000_000L;

  /** Strangers that do not answer are tried less often: a cut may end without anybody telling. */
  private static final long GREET_SILENT_EVERY = 3_000_000_000L;

  private static final long PEER_FRESH = 2_000_000_000L;

  private final ClusterLog log;
  private final PeerBook peers;
  private final Introductions introductions;
  private final SuspicionBook suspicions;
  private final Liveness liveness;
  private final Outbox outbox;
  private final ControlOutput output;
  private final Set<MemberId> rivalsToldOf = new TreeSet<>();
  private long greetedAt = Long.MIN_VALUE;
  private long greetedSilentAt = Long.MIN_VALUE;

  Gatekeeper(
      ClusterLog log,
      PeerBook peers,
      Introductions introductions,
      SuspicionBook suspicions,
      Liveness liveness,
      Outbox outbox,
      ControlOutput output) {
    this.log = log;
    this.peers = peers;
    this.introductions = introductions;
    this.suspicions = suspicions;
    this.liveness = liveness;
    this.outbox = outbox;
    this.output = output;
  }

  void tick(long now) {
    if (!Founding.isDue(greetedAt, GREET_EVERY, now)) {
      return;
    }
    greetedAt = now;
    boolean silentToo = Founding.isDue(greetedSilentAt, GREET_SILENT_EVERY, now);
    if (silentToo) {
      greetedSilentAt = now;
    }
    for (PeerBook.Peer peer : peers.all()) {
      boolean stranger = !log.state().members().containsKey(peer.id());
      if (stranger && (silentToo || now - peer.at() < PEER_FRESH)) {
        greet(peer.id(), false);
      }
    }
  }

  void greet(MemberId peer, boolean answer) {
    ClusterIdentity cluster = ClusterIdentity.of(log.state());
    boolean member = log.isMember();
    introductions.greet(peer, member ? cluster : null, member ? null : cluster, answer);
  }

  /** Returns why this member has to leave its cluster for the sender's, or null. */
  String onHello(MemberId from, ControlMessage.Hello hello) {
    if (!hello.answer()) {
      greet(from, true);
    }
    ClusterIdentity own = ClusterIdentity.of(log.state());
    ClusterIdentity other = hello.cluster();
    if (other == null) {
      return null;
    }
    if (other.clusterId().equals(own.clusterId())) {
      tellIfRemoved(from);
      return null;
    }
    return meets(other);
  }

  /** Returns why this member has to leave its cluster for the rival, or null. */
  String meets(ClusterIdentity other) {
    ClusterIdentity own = ClusterIdentity.of(log.state());
    if (!log.isMember() && (own.foundedBy() == NodeBootstrap.AUTO || other.descendsFrom(own))) {
      return "a cluster of the same name lives, "
          + other.clusterId().abbreviated()
          + "; this member only remembers "
          + own.clusterId().abbreviated()
          + ", forgets it and joins";
    }
    if (own.givesWayTo(other)) {
      outbox.sendAll(
          log.state().members().keySet().stream().filter(id -> !id.equals(log.self())).toList(),
          new ControlMessage.Rival(own.clusterId(), other));
      return "cluster "
          + own.clusterId().abbreviated()
          + " gives way to "
          + other.clusterId().abbreviated()
          + " of the same name, which is older or was founded on purpose; its entries are dropped";
    }
    if (rivalsToldOf.size() < ClusterState.REMOVED_KEPT && rivalsToldOf.add(other.clusterId())) {
      outbox.event(
          ControlEvent.Kind.REFUSED,
          null,
          "met cluster "
              + other.clusterId().abbreviated()
              + " of the same name; this one, "
              + own.clusterId().abbreviated()
              + ", stays");
    }
    return null;
  }

  /** Any member welcomes who is a member; the leader makes others so. */
  void onJoinRequest(Controller controller, ControlMessage.JoinRequest request, long now) {
    ClusterState state = log.state();
    Member joiner = request.joiner();
    if (state.admits(joiner) && !joiner.id().equals(log.self())) {
      output.learnAddress(joiner.id(), joiner.host(), joiner.port());
      outbox.seats().learn(joiner);
      outbox.send(joiner.id(), new ControlMessage.Welcome(state));
    }
    if (state.members().containsKey(joiner.id())) {
      liveness.asked(joiner.id(), now);
      return;
    }
    if (state.removed().contains(joiner.id())) {
      outbox.send(joiner.id(), new ControlMessage.NotMember(state.clusterId(), state.slot()));
    } else if (log.leading()) {
      suspectPredecessor(joiner, now);
      controller.admit(joiner, now);
    } else if (log.leader() != null && !log.leader().equals(log.self())) {
      outbox.send(log.leader(), request);
    }
  }

  void tellIfRemoved(MemberId former) {
    ClusterState state = log.state();
    if (state.removed().contains(former)) {
      outbox.send(former, new ControlMessage.NotMember(state.clusterId(), state.slot()));
    }
  }

  /** Two processes cannot listen at one address: whoever did before has lost its socket. */
  private void suspectPredecessor(Member joiner, long now) {
    for (Member member : log.state().members().values()) {
      if (member.address().equals(joiner.address())) {
        suspicions.suspect(
            member.id(), log.self(), "a new process listens at " + joiner.address(), now);
      }
    }
  }
}
