package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.membership.ControlSettings;
import io.henge.replication.membership.Hint;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.SimulationFailure;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.simulation.linearizability.LinearizabilityChecker;
import io.henge.replication.simulation.linearizability.RecordedOperation;
import io.henge.replication.simulation.linearizability.UndecidedException;
import io.henge.replication.simulation.linearizability.Violation;
import io.henge.replication.simulation.world.EventQueue;
import io.henge.replication.simulation.world.SimulatedNetwork;
import io.henge.replication.simulation.world.SimulatedProcess;
import io.henge.replication.simulation.world.Trace;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A whole cluster under one seed: trouble first, then peace, in which everything must finish. */
public final class SimulatedCluster {

  private static final long MILLISECOND = 1_000_000;
  private static final int PORT = 7800;
  private static final int OPERATIONS_IN_PEACE = 15;

  private final FaultPlan plan;
  private final Parts parts;
  private final SeededRandom random;
  private final EventQueue events = new EventQueue();
  private final Trace trace;
  private final Statistics statistics = new Statistics();
  private final SimulatedNetwork<MemberId, Object> network;
  private final SortedMap<MemberId, SimulatedMember> members = new TreeMap<>();
  private final List<SimulatedMember> started = new ArrayList<>();
  private final SortedMap<String, Directory> directories = new TreeMap<>();
  private final PaxosJudge paxosJudge;
  private final MemoryJudge memoryJudge = new MemoryJudge();
  private final StateJudge stateJudge = new StateJudge(true);
  private final PlannedChangeJudge plannedChangeJudge = new PlannedChangeJudge();
  private final Survival survival = new Survival(this);
  private final Departures departures;
  private final AbandonedJoins abandonedJoins;
  private final DiskFailures diskFailures = new DiskFailures(this);
  private final ReplicaJudge replicaJudge = new ReplicaJudge(this, statistics);
  private final AsyncJudge asyncJudge = new AsyncJudge(this, statistics);
  private final HistoryRecorder history = new HistoryRecorder();
  private final WaitJudge waitJudge = new WaitJudge(this);
  private final StarvationJudge starvationJudge = new StarvationJudge(this);
  private final OperatorJudge operatorJudge = new OperatorJudge(this);
  private final DeadlineJudge deadlineJudge = new DeadlineJudge(this);
  private final BacklogJudge backlogJudge = new BacklogJudge(statistics);
  private final BoundJudge boundJudge = new BoundJudge(this, statistics);
  private final LostKeys lostKeys = new LostKeys(this, statistics);
  private final Foundings foundings = new Foundings(this);
  private final List<Caller> callers = new ArrayList<>();
  private final SeededRandom codeRandom;
  private int operationsLeft;
  private int freshValues;

  SimulatedCluster(FaultPlan plan, Parts parts, SeededRandom random, int traceLimit) {
    this.plan = plan;
    this.parts = parts;
    this.random = random;
    this.paxosJudge = new PaxosJudge(plan.has(Fault.DISKS));
    this.trace = new Trace(events, traceLimit);
    this.codeRandom = random.split("user code");
    this.operationsLeft = plan.operations();
    this.departures = new Departures(this, random.split("departures"));
    this.abandonedJoins = new AbandonedJoins(this, random.split("abandoned joins"));
    this.network = new SimulatedNetwork<>(events, random.split("network"), plan.network());
  }

  /**
   * Runs a seed.
   *
   * @throws SimulationFailure if a rule was broken
   */
  public static Statistics run(long seed, Parts parts, int traceLimit) {
    SeededRandom random = new SeededRandom(seed);
    FaultPlan plan = FaultPlan.of(seed);
    SimulatedCluster cluster = new SimulatedCluster(plan, parts, random, traceLimit);
    try {
      cluster.note("plan", plan::toString);
      cluster.run();
    } catch (RuntimeException | AssertionError broken) {
      throw new SimulationFailure(broken.toString(), cluster.trace.lines(), broken);
    }
    return cluster.statistics;
  }

  private void run() {
    for (int i = 0; i < plan.founders(); i++) {
      startSoon("m" + i, plan.startWithin());
    }
    for (int i = 0; i < plan.joiners(); i++) {
      startSoon("j" + i, plan.troubleLasts());
    }
    events.after(50 * MILLISECOND, this::rumours);
    new Nemesis(this, plan, random.split("nemesis"), statistics).strikeUntil(plan.troubleLasts());
    events.runUntil(plan.troubleLasts());
    starvationJudge.ended();
    makePeace();
    long deadline = events.now() + patience();
    untilCalm(deadline);
    if (survival.headless()) {
      statistics.count("seeds that lost their majority");
      return;
    }
    statistics.add("milliseconds until calm", (events.now() - plan.troubleLasts()) / MILLISECOND);
    if (!living().isEmpty()) {
      readEverything(deadline);
    }
    judge();
    statistics.count("seeds");
    statistics.add("events", events.executed());
    statistics.add("messages sent", network.sent());
    statistics.add("messages lost", network.lost());
  }

  /** Lets time pass until everything is as it should be; a broken rule if that takes longer. */
  void untilCalm(long deadline) {
    Calm calm = new Calm(this);
    for (String unrest = calm.unrest(); unrest != null; unrest = calm.unrest()) {
      if (survival.headless()) {
        return;
      }
      if (events.now() >= deadline) {
        throw new RuleBroken("I25", "no calm after the trouble: " + unrest);
      }
      events.runUntil(events.now() + 20 * MILLISECOND);
    }
  }

  /** Everybody reads every key once more: nothing may be missing, nobody may refuse. */
  void readEverything(long deadline) {
    int number = 0;
    for (SimulatedMember member : living()) {
      for (CacheDefinition cache : member.state().caches().values()) {
        for (int key = 0; key < plan.keys(); key++) {
          Caller caller = new Caller(this, member, 100 + number, random.split("last " + number++));
          callers.add(caller);
          caller.readOnce(cache, key);
        }
      }
      events.runUntil(events.now() + MILLISECOND);
    }
    untilCalm(deadline + plan.client().timeout());
  }

  /** All is quiet: compares the copies and judges all histories. */
  void judge() {
    ClusterState newest = stateJudge.newest();
    for (int number = 0; number < newest.partitionCount(); number++) {
      for (MemberId id : newest.partition(number).inSync()) {
        replicaJudge.compareAtTheEnd(members.get(id), number);
      }
    }
    boundJudge.judgeAtTheEnd(newest);
    diskFailures.judge();
    for (SimulatedMember member : living()) {
      if (member.dataPlane().listener() != null) {
        member.dataPlane().listener().judge();
      }
    }
    List<RecordedOperation> operations =
        history.history().stream().filter(each -> !lostKeys.contain(each.key())).toList();
    try {
      Optional<Violation> violation = LinearizabilityChecker.check(operations);
      if (violation.isPresent()) {
        throw new RuleBroken("linearizability", violation.get().toString());
      }
      statistics.add("operations judged", operations.size());
    } catch (UndecidedException tooMany) {
      statistics.count("histories left undecided");
    }
  }

  long patience() {
    return 4 * (plan.removeAfter() + plan.suspendAfter()) + 2 * plan.client().timeout();
  }

  void makePeace() {
    note("!", () -> "peace");
    operationsLeft = Math.min(operationsLeft, OPERATIONS_IN_PEACE);
    network.heal(plan.calm());
    startDeadHosts();
    living().forEach(member -> member.process().resume());
  }

  /** Everybody whose directory may be needed to find the cluster again is started again. */
  private void startDeadHosts() {
    if (!plan.has(Fault.DISKS)) {
      return;
    }
    for (SimulatedMember member : List.copyOf(started)) {
      ClusterState newest = stateJudge.newest();
      boolean needed = newest != null && newest.voters().contains(member.self().voter().id());
      if (!member.process().alive() && (needed || !member.hasLeft())) {
        startAgain(member);
      }
    }
  }

  /** Tells whether there is a cluster that can live on its own. */
  boolean founded() {
    return survival.founded();
  }

  /** Starts a member some time from now. */
  void startSoon(String name, long within) {
    events.after(random.between(0, within), () -> start(name, name));
  }

  private void start(String name, String host) {
    SeededRandom own = random.split("member " + started.size());
    double rate =
        plan.has(Fault.CLOCK_RATE)
            ? 1 + ClusterTimings.CLOCK_RATE_ERROR * (2 * own.nextDouble() - 1)
            : 1;
    SimulatedProcess process =
        new SimulatedProcess(events, own.split("process"), own.between(-1L << 40, 1L << 40), rate);
    Member self =
        new Member(
            new MemberId(own.nextLong(), own.nextLong()),
            name,
            host,
            PORT,
            plan.zoneOf(host),
            host,
            MemberRole.DATA,
            1,
            MemberState.JOINING,
            0);
    SimulatedMember member =
        new SimulatedMember(this, process, self, directory(host), own.split("entropy"));
    members.put(member.id(), member);
    started.add(member);
    network.attach(member.id(), member::deliver);
    note(name, () -> "start " + member.id().abbreviated());
    statistics.count("incarnations started");
    member.start();
    for (int i = 0; i < plan.callersPerMember(); i++) {
      Caller caller = new Caller(this, member, i, own.split("caller " + i));
      callers.add(caller);
      caller.work();
    }
  }

  /** The data directory of a host, made when it is first asked for; null without disks. */
  private Directory directory(String host) {
    return !plan.has(Fault.DISKS)
        ? null
        : directories.computeIfAbsent(
            host,
            name ->
                new Directory(
                    events, random.split("disk " + name), directories.size() % 3 * MILLISECOND));
  }

  /** Hears from the network who can be reached, now and then and never completely. */
  void rumours() {
    for (SimulatedMember one : living()) {
      for (SimulatedMember other : living()) {
        if (!one.equals(other) && !network.isCut(other.id(), one.id()) && random.chance(0.3)) {
          one.hint(new Hint.PeerAppeared(other.id()));
        }
      }
    }
    events.after(100 * MILLISECOND, this::rumours);
  }

  // What members ask of their surroundings.

  ControlSettings settings(Member self) {
    return SimulatedSettings.of(plan, self, PORT, events.now() / MILLISECOND);
  }

  void send(SimulatedMember from, MemberId to, Object message) {
    if (message instanceof ControlMessage.Consensus consensus) {
      starvationJudge.sent(consensus.message());
      paxosJudge.sent(consensus.clusterId(), consensus.voter(), consensus.message());
    }
    if (message instanceof ControlMessage control) {
      operatorJudge.sent(from, control);
      foundings.sent(from, control);
      if (plan.has(Fault.DISKS)) {
        memoryJudge.sent(from.self().voter().id(), control);
      }
    }
    if (message instanceof PartitionMessage partitionMessage) {
      replicaJudge.sent(from, to, partitionMessage);
    }
    if (trace.on() && !(message instanceof ControlMessage.Hello)) {
      note(from.toString(), () -> "-> " + name(to) + " " + message);
    }
    from.relay().send(to, OfCluster.sent(from, plan.encoded() ? Wire.pass(message) : message));
  }

  void applied(
      SimulatedMember member,
      ClusterState before,
      ClusterState after,
      List<Command> commands,
      long credit) {
    ClusterState known = stateJudge.newest();
    stateJudge.applied(member.toString(), before, after);
    foundings.applied(after);
    starvationJudge.applied(after);
    if (plan.plannedOnly()) {
      plannedChangeJudge.applied(before, after);
      plannedChangeJudge.decided(commands);
      operatorJudge.applied(before, after, commands);
    }
    paxosJudge.configurationAfter(after.clusterId(), after.slot(), after.voters());
    if (known != null && stateJudge.newest().slot() > known.slot()) {
      lostKeys.applied(known, after);
      abandonedJoins.applied(commands);
      commands.forEach(
          command -> statistics.count("decided " + command.getClass().getSimpleName()));
      if (credit > 0) {
        statistics.count("slots with credit");
      }
    }
  }

  /** Where a member's choices among copies come from. */
  SeededRandom chanceOfReads(SimulatedMember member) {
    return random.split("reads of " + member.id());
  }

  /** Where it comes from who listens, and when. */
  SeededRandom chanceOfListeners() {
    return random.split("listeners");
  }

  /** Asks for the plan's caches until they are there, as a node that opens them does. */
  void wantCaches(SimulatedMember member) {
    ClusterState state = member.state();
    if (state == null || state.caches().size() == plan.copies().size()) {
      return;
    }
    for (int i = 0; i < plan.copies().size(); i++) {
      String name = "c" + i;
      if (state.cache(name) == null) {
        member.propose(
            new Command.CreateCache(
                name, plan.copies().get(i), plan.modes().get(i), new TreeMap<>()));
      }
    }
  }

  /** Runs a processor off the delivering thread: its result comes some time later. */
  void runProcessor(SimulatedMember member, Runnable whenDone) {
    events.after(codeRandom.exponential((double) plan.userCode()), () -> member.soon(whenDone));
  }

  /** Runs a caller's code. */
  void runAtCaller(SimulatedMember member, Runnable whenDone) {
    runProcessor(member, whenDone);
  }

  /** Lets callers begin so many operations from now on. */
  void allow(int operations) {
    operationsLeft = operations;
  }

  /** Takes one of the plan's operations; false if all were taken. */
  boolean takeOperation() {
    return operationsLeft-- > 0;
  }

  /** A value that was never used before. */
  String freshValue() {
    return plan.large().value(++freshValues);
  }

  void seekDeathProof(SimulatedMember asker, MemberId suspect) {
    SimulatedMember accused = members.get(suspect);
    if (plan.has(Fault.DEATH_WITNESS) && (accused == null || !accused.process().alive())) {
      statistics.count("deaths proven");
      events.after(
          random.between(0, 20 * MILLISECOND),
          () -> asker.hint(new Hint.ProvenDead(suspect, "the simulator knows")));
    }
  }

  void expelled(SimulatedMember member) {
    statistics.count("members expelled");
    network.detach(member.id());
    if (!member.hasLeft()) {
      events.after(random.between(0, 100 * MILLISECOND), () -> startAgain(member));
    }
  }

  // What the nemesis does.

  List<SimulatedMember> living() {
    return started.stream().filter(SimulatedMember::present).toList();
  }

  boolean living(MemberId id) {
    SimulatedMember member = members.get(id);
    return member != null && member.present();
  }

  /** All whose process lives, whatever the others think of them. */
  List<SimulatedMember> running() {
    return started.stream().filter(member -> member.process().alive()).toList();
  }

  /** Tells whether the others still have a majority and a copy of everything. */
  boolean canDoWithout(SimulatedMember victim) {
    return survival.possibleWithout(victim);
  }

  void crash(SimulatedMember victim, boolean noticed) {
    note("!", () -> "crash " + victim);
    statistics.count("members crashed");
    victim.process().kill();
    victim.releaseDirectory();
    network.detach(victim.id());
    if (noticed) {
      for (SimulatedMember each : living()) {
        events.after(
            random.between(0, 40 * MILLISECOND),
            () -> each.hint(new Hint.ConnectionLost(victim.id(), "connection reset")));
      }
    }
  }

  void leave(SimulatedMember member) {
    note("!", () -> "leave " + member);
    statistics.count("members left");
    member.leave();
    events.after(random.between(0, 100 * MILLISECOND), () -> end(member));
  }

  /** Ends a member's process without a word. */
  void end(SimulatedMember member) {
    if (member.process().alive()) {
      member.process().kill();
      member.releaseDirectory();
    }
    network.detach(member.id());
  }

  ClusterState newest() {
    return stateJudge.newest();
  }

  SimulatedMember member(MemberId id) {
    return members.get(id);
  }

  /** Tells whether operations are still to come or under way. */
  boolean busy() {
    return operationsLeft > 0 || callers.stream().anyMatch(Caller::busy);
  }

  PlannedChangeJudge plannedChangeJudge() {
    return plannedChangeJudge;
  }

  DiskFailures diskFailures() {
    return diskFailures;
  }

  Departures departures() {
    return departures;
  }

  List<Caller> callers() {
    return callers;
  }

  void startAgain(SimulatedMember dead) {
    if (dead.process().alive()) {
      dead.process().kill();
      dead.releaseDirectory();
    }
    String host = dead.self().host();
    if (living().stream().noneMatch(member -> member.self().host().equals(host))) {
      start(dead.self().name() + "'", host);
    }
  }

  // The surroundings themselves.

  EventQueue events() {
    return events;
  }

  SimulatedNetwork<MemberId, Object> network() {
    return network;
  }

  FaultPlan plan() {
    return plan;
  }

  HistoryRecorder history() {
    return history;
  }

  Foundings foundings() {
    return foundings;
  }

  StateJudge stateJudge() {
    return stateJudge;
  }

  PaxosJudge paxosJudge() {
    return paxosJudge;
  }

  MemoryJudge memoryJudge() {
    return memoryJudge;
  }

  ReplicaJudge replicaJudge() {
    return replicaJudge;
  }

  DeadlineJudge deadlineJudge() {
    return deadlineJudge;
  }

  BacklogJudge backlogJudge() {
    return backlogJudge;
  }

  BoundJudge boundJudge() {
    return boundJudge;
  }

  StarvationJudge starvationJudge() {
    return starvationJudge;
  }

  OperatorJudge operatorJudge() {
    return operatorJudge;
  }

  WaitJudge waitJudge() {
    return waitJudge;
  }

  AsyncJudge asyncJudge() {
    return asyncJudge;
  }

  Parts parts() {
    return parts;
  }

  Statistics statistics() {
    return statistics;
  }

  String name(MemberId id) {
    SimulatedMember member = members.get(id);
    return member == null ? id.abbreviated() : member.toString();
  }

  void note(String who, Supplier<String> what) {
    trace.note(who, what);
  }

  List<String> transcript() {
    return trace.lines();
  }
}
