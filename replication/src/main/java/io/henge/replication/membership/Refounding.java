package io.henge.replication.membership;

import io.henge.replication.consensus.Proposal;
import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Founds again what is left of a cluster whose majority of voters is gone for good, because an
 * operator says so (decision 18): as the founder asks the others to stand still, makes another
 * cluster of the newest state that any of them knows, and tells them to enter it; as a survivor
 * stands still, and enters.
 *
 * <p>Who stands still has no lease, applies no slot and votes on nothing, as if it were paused: the
 * {@link ControlPlane} passes nothing on to its session meanwhile. So what it answered stays true
 * until it enters, or until its promise is over; then it goes on in the former cluster and never
 * enters the new one.
 */
final class Refounding {

  /** Enters the new cluster in this state. */
  @FunctionalInterface
  interface Entrance {
    void enter(ClusterState first, long now);
  }

  private static final long REPEAT_EVERY = 100_000_000L;

  /** Who said Hello within this time beyond {@code suspend-after} lives. */
  private static final long LATE_HELLO = 1_000_000_000L;

  /** So many attempts are remembered that this member has given up. */
  private static final int MOST_OVER = 64;

  /** This member stands still for a founder, which may be itself, until a time. */
  private record Promise(MemberId founder, MemberId successor, long until) {}

  private record Answer(ClusterState state, Proposal accepted) {}

  /** The founder's side until it has decided. */
  private static final class Attempt {
    private final RefoundingRequest request;
    private final MemberId successor;
    private final long asksUntil;
    private final SortedMap<MemberId, Answer> answers = new TreeMap<>();
    private long askedAt;

    private Attempt(RefoundingRequest request, MemberId successor, long asksUntil) {
      this.request = request;
      this.successor = successor;
      this.asksUntil = asksUntil;
    }
  }

  /** The founder's side once it is in the new cluster. */
  private static final class Telling {
    private final ClusterState first;
    private final Set<MemberId> missing;
    private final long until;
    private long toldAt;

    private Telling(ClusterState first, Set<MemberId> missing, long until, long now) {
      this.first = first;
      this.missing = missing;
      this.until = until;
      this.toldAt = now - REPEAT_EVERY;
    }
  }

  private final Member self;
  private final ControlSettings settings;
  private final RefoundingRules rules;
  private final ClusterStateMachine machine;
  private final MemoryKeeper keeper;
  private final PeerBook peers;
  private final Outbox outbox;
  private final LongSupplier entropy;
  private final Entrance entrance;
  private final Deque<MemberId> over = new ArrayDeque<>();
  private ClusterSession session;
  private boolean leaving;
  private Promise promise;

  /** Whether the new cluster is being written to the disk: there is no way back. */
  private boolean entering;

  private Attempt attempt;
  private Telling telling;

  Refounding(
      Member self,
      ControlSettings settings,
      ControlParts parts,
      MemoryKeeper keeper,
      PeerBook peers,
      Outbox outbox,
      LongSupplier entropy,
      Entrance entrance) {
    this.self = self;
    this.settings = settings;
    this.rules = parts.refoundingRules();
    this.machine = parts.stateMachine();
    this.keeper = keeper;
    this.peers = peers;
    this.outbox = outbox;
    this.entropy = entropy;
    this.entrance = entrance;
  }

  /** This member is in a cluster, or in another one. */
  void session(ClusterSession present) {
    session = present;
  }

  /** Whether this member stands still. */
  boolean standsStill() {
    return promise != null && rules.promiseBinds();
  }

  /** Begins an attempt, or says why not. */
  void begin(RefoundingRequest request, long now) {
    String why = whyNotBegin(request, now);
    if (why != null) {
      refuse(request, why);
      return;
    }
    ClusterTimings timings = session.state().timings();
    MemberId successor = rules.clusterId(session.state(), entropy);
    attempt = new Attempt(request, successor, now + timings.suspendAfter());
    standStill(self.id(), successor, now);
    ask(now);
  }

  private String whyNotBegin(RefoundingRequest request, long now) {
    if (!request.clusterName().equals(settings.clusterName())) {
      return "the cluster is called "
          + settings.clusterName()
          + ", not "
          + request.clusterName()
          + ": nothing is founded again by a wrong name";
    }
    String why = whyNotStandStill(now);
    if (why != null) {
      return "this member " + why;
    }
    if (!self.voter().able()) {
      return "this member cannot vote, because its data directory failed: ask another one";
    }
    if (telling != null) {
      return "this member still tells others of the cluster that it founded: wait until it is done";
    }
    if (request.survivors().isEmpty()) {
      return null;
    }
    if (!request.survivors().contains(self.id())) {
      return "this member is not among the survivors named: ask one of them";
    }
    for (MemberId named : request.survivors()) {
      if (!session.state().members().containsKey(named)) {
        return "no member of the cluster has the id " + named;
      }
    }
    return null;
  }

  /** Why this member cannot stand still for an attempt that it has not heard of; or null. */
  private String whyNotStandStill(long now) {
    if (session == null) {
      return "is in no cluster";
    } else if (!session.log().isMember()) {
      return "only remembers the cluster and has not come back to it";
    } else if (leaving) {
      return "leaves";
    } else if (promise != null) {
      return promise.founder().equals(self.id())
          ? "is about to found the cluster again itself"
          : "stands still for another founder, member " + name(promise.founder());
    } else if (session.leaseEnd() != LeaseHolder.NONE && now - session.leaseEnd() < 0) {
      return "has a lease, so a majority of the voters lives: the cluster goes on by itself";
    }
    return null;
  }

  private void standStill(MemberId founder, MemberId successor, long now) {
    promise = new Promise(founder, successor, now + rules.bindsFor(session.state().timings()));
    session.dropLease();
    outbox.event(
        ControlEvent.Kind.STANDING_STILL,
        founder,
        "stands still at slot "
            + session.state().slot()
            + ": member "
            + name(founder)
            + " is about to found the cluster again, as "
            + successor.abbreviated());
  }

  /** Handles a message about founding again; false if it is about something else. */
  boolean onMessage(MemberId from, ControlMessage message, long now) {
    if (message instanceof ControlMessage.FoundAgain m) {
      onAsked(from, m, now);
    } else if (message instanceof ControlMessage.StandsStill m) {
      onAnswer(from, m);
    } else if (message instanceof ControlMessage.DoesNotStandStill m) {
      onRefusal(from, m);
    } else if (message instanceof ControlMessage.GoOn m) {
      onGoOn(from, m);
    } else if (message instanceof ControlMessage.FoundedAgain m) {
      onFounded(from, m.first(), now);
    } else if (message instanceof ControlMessage.HasEntered m) {
      if (telling != null && m.successor().equals(telling.first.clusterId())) {
        telling.missing.remove(from);
      }
    } else {
      return false;
    }
    return true;
  }

  /** Lets time pass. */
  void tick(long now) {
    if (attempt != null && !entering) {
      if (now - attempt.asksUntil >= 0) {
        decide(now);
      } else if (now - attempt.askedAt >= REPEAT_EVERY) {
        ask(now);
      }
    } else if (promise != null && !entering && now - promise.until() >= 0) {
      goOn("the founder was not heard again: goes on in the former cluster");
    }
    tell(now);
  }

  /** This member is about to go, or its time in the cluster is over. */
  void abandon(String why) {
    leaving = true;
    if (entering) {
      return;
    }
    if (attempt != null) {
      giveUp(why);
    } else if (promise != null) {
      goOn(why);
    }
  }

  /** This incarnation is over: nobody may wait for the outcome of its attempt. */
  void stop(String why) {
    if (attempt != null) {
      RefoundingRequest request = attempt.request;
      attempt = null;
      refuse(request, why);
    }
  }

  // The survivors' side.

  private void onAsked(MemberId founder, ControlMessage.FoundAgain asked, long now) {
    boolean same =
        promise != null
            && promise.founder().equals(founder)
            && promise.successor().equals(asked.successor());
    String why = same ? null : whyNotStandStill(now);
    if (session != null && !session.state().clusterId().equals(asked.clusterId())) {
      why =
          "is in another cluster, "
              + session.state().clusterId().abbreviated()
              + (session.state().clusterId().low() == asked.clusterId().low()
                  ? ", which has the same origin"
                  : "");
    } else if (over.contains(asked.successor())) {
      why = "has stood still for this attempt before, and no longer does";
    }
    if (why != null) {
      outbox.send(founder, new ControlMessage.DoesNotStandStill(asked.successor(), why));
      return;
    }
    if (!same) {
      standStill(founder, asked.successor(), now);
    }
    if (!entering) {
      outbox.send(
          founder,
          new ControlMessage.StandsStill(
              asked.successor(), session.state(), session.log().accepted()));
    }
  }

  private void onGoOn(MemberId founder, ControlMessage.GoOn message) {
    noteOver(message.successor()); // the request may come after it
    if (isPromised(founder, message.successor()) && !entering) {
      goOn("the founder has given up: goes on in the former cluster");
    }
  }

  private void goOn(String why) {
    noteOver(promise.successor());
    promise = null;
    outbox.event(ControlEvent.Kind.STANDING_STILL, self.id(), "stands still no more: " + why);
  }

  private void noteOver(MemberId successor) {
    if (!over.contains(successor)) {
      over.addLast(successor);
      if (over.size() > MOST_OVER) {
        over.removeFirst();
      }
    }
  }

  private boolean isPromised(MemberId founder, MemberId successor) {
    return promise != null
        && promise.founder().equals(founder)
        && promise.successor().equals(successor);
  }

  private void onFounded(MemberId founder, ClusterState first, long now) {
    if (session != null && session.state().clusterId().equals(first.clusterId())) {
      outbox.send(founder, new ControlMessage.HasEntered(first.clusterId()));
    } else if (!isPromised(founder, first.clusterId())
        || (!entering && now - promise.until() >= 0)) {
      noteOver(first.clusterId());
      outbox.send(
          founder,
          new ControlMessage.DoesNotStandStill(
              first.clusterId(), "does not stand still for it, and so must not enter"));
    } else if (!entering && first.members().containsKey(self.id())) {
      enter(
          first, now, () -> outbox.send(founder, new ControlMessage.HasEntered(first.clusterId())));
    }
  }

  private void enter(ClusterState first, long now, Runnable then) {
    entering = true;
    keeper.foundedAgain(first);
    keeper.whenSafe(
        () -> {
          entrance.enter(first, now);
          promise = null;
          entering = false;
          then.run();
        });
  }

  // The founder's side.

  private void ask(long now) {
    attempt.askedAt = now;
    ClusterState state = session.state();
    for (MemberId member : state.members().keySet()) {
      if (!member.equals(self.id()) && !attempt.answers.containsKey(member)) {
        outbox.send(member, new ControlMessage.FoundAgain(state.clusterId(), attempt.successor));
      }
    }
  }

  private void onAnswer(MemberId from, ControlMessage.StandsStill answer) {
    if (attempt != null
        && !entering
        && answer.successor().equals(attempt.successor)
        && answer.state().clusterId().equals(session.state().clusterId())) {
      attempt.answers.put(from, new Answer(answer.state(), answer.accepted()));
    }
  }

  private void onRefusal(MemberId from, ControlMessage.DoesNotStandStill refusal) {
    if (attempt != null && !entering && refusal.successor().equals(attempt.successor)) {
      giveUp("member " + name(from) + " " + refusal.why());
    } else if (telling != null && refusal.successor().equals(telling.first.clusterId())) {
      telling.missing.remove(from);
      outbox.event(
          ControlEvent.Kind.REFUSED,
          from,
          "member "
              + name(from)
              + " does not enter the cluster that was founded again: it "
              + refusal.why());
    }
  }

  private void decide(long now) {
    if (now - promise.until() >= 0) {
      giveUp("this member itself was paused for too long");
      return;
    }
    attempt.answers.put(self.id(), new Answer(session.state(), session.log().accepted()));
    ClusterState newest = newest();
    ClusterState last = withAccepted(newest);
    Set<MemberId> answered = new TreeSet<>(attempt.answers.keySet());
    String why = whyNotDecide(newest, last, answered, now);
    if (why != null) {
      giveUp(why);
      return;
    }
    answered.retainAll(last.members().keySet());
    long until = promise.until();
    RefoundingRequest request = attempt.request;
    ClusterState first =
        FirstState.of(last, self.id(), answered, attempt.successor, request.wallMillis(), rules);
    enter(
        first,
        now,
        () -> {
          attempt = null;
          answered.remove(self.id());
          telling = new Telling(first, answered, until, now);
          tell(now);
          founded(request, first);
        });
  }

  private String whyNotDecide(
      ClusterState newest, ClusterState last, Set<MemberId> answered, long now) {
    Set<MemberId> named = attempt.request.survivors();
    if (!named.isEmpty() && !named.equals(answered)) {
      return "others answer than were named: "
          + names(answered)
          + "; look at which members live, and name them all, or none";
    }
    if (!last.members().containsKey(self.id())) {
      return "slot " + last.slot() + " removed this member, or may have: ask another one";
    }
    // Of the slot after the newest, whatever was accepted for it: only these voters can decide
    // that.
    Set<MemberId> seats = seats(newest, answered, now);
    if (newest.configuration().isQuorum(seats)) {
      return seats.size()
          + " of "
          + newest.voters().size()
          + " voters live, a majority: the cluster can go on by itself";
    }
    return null;
  }

  /** The voters that answer, or have come back and said Hello of late. */
  private Set<MemberId> seats(ClusterState state, Set<MemberId> answered, long now) {
    Set<MemberId> seats = new TreeSet<>();
    for (MemberId member : answered) {
      Member known = state.members().get(member);
      if (known != null) {
        seats.add(known.voter().id());
      }
    }
    for (PeerBook.Peer peer : peers.fresh(state.timings().suspendAfter() + LATE_HELLO, now)) {
      seats.add(peer.hello().self().voter().id());
    }
    seats.retainAll(state.voters());
    return seats;
  }

  private ClusterState newest() {
    ClusterState newest = session.state();
    if (rules.newestCounts()) {
      for (Answer answer : attempt.answers.values()) {
        newest = answer.state().slot() > newest.slot() ? answer.state() : newest;
      }
    }
    return newest;
  }

  /** What was accepted for the slot after the newest state may have been chosen. */
  private ClusterState withAccepted(ClusterState newest) {
    Proposal highest = null;
    for (Answer answer : attempt.answers.values()) {
      Proposal accepted = answer.accepted();
      if (accepted != null
          && accepted.slot() == newest.slot() + 1
          && (highest == null || accepted.ballot().compareTo(highest.ballot()) > 0)) {
        highest = accepted;
      }
    }
    return highest == null || !rules.acceptedCounts()
        ? newest
        : machine.apply(newest, highest.slot(), highest.batch()).state();
  }

  private void giveUp(String why) {
    RefoundingRequest request = attempt.request;
    MemberId successor = attempt.successor;
    Set<MemberId> asked = new TreeSet<>(session.state().members().keySet());
    asked.addAll(attempt.answers.keySet());
    asked.remove(self.id());
    attempt = null;
    outbox.sendAll(new ArrayList<>(asked), new ControlMessage.GoOn(successor));
    goOn("has given up to found the cluster again: " + why);
    refuse(request, why);
  }

  private void refuse(RefoundingRequest request, String why) {
    outbox.event(ControlEvent.Kind.REFUSED, self.id(), "does not found the cluster again: " + why);
    request.told().accept(new RefoundingOutcome.Refused(why));
  }

  private void founded(RefoundingRequest request, ClusterState first) {
    int lost = FirstState.lost(first);
    outbox.event(
        ControlEvent.Kind.FOUNDED_AGAIN,
        self.id(),
        "founded the cluster again as "
            + first.clusterId().abbreviated()
            + " at slot "
            + first.slot()
            + " with "
            + names(first.members().keySet())
            + "; of "
            + lost
            + " of "
            + first.partitionCount()
            + " partitions no copy is left, they begin empty");
    request.told().accept(new RefoundingOutcome.Founded(first, lost));
  }

  private void tell(long now) {
    if (telling == null) {
      return;
    }
    if (telling.missing.isEmpty() || now - telling.until >= 0) {
      telling = null;
    } else if (now - telling.toldAt >= REPEAT_EVERY) {
      telling.toldAt = now;
      outbox.sendAll(telling.missing, new ControlMessage.FoundedAgain(telling.first));
    }
  }

  private List<String> names(Set<MemberId> members) {
    return members.stream().map(this::name).sorted().toList();
  }

  private String name(MemberId id) {
    Member member = session == null ? null : session.state().members().get(id);
    return member == null ? id.abbreviated() : member.name();
  }
}
