package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.ControlEvent;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.membership.ControlOutput;
import io.henge.replication.membership.ControlParts;
import io.henge.replication.membership.ControlPlane;
import io.henge.replication.membership.Hint;
import io.henge.replication.membership.LogEntry;
import io.henge.replication.membership.Member;
import io.henge.replication.node.drill.DrillOrders;
import io.henge.replication.node.memory.DataDirectory;
import io.henge.replication.node.memory.DurableMemory;
import io.henge.replication.node.statistics.StatisticsCollector;
import io.henge.replication.partition.ClientSettings;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.routing.MemberLoads;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.transport.Transport;
import io.henge.replication.wire.WireWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ObjLongConsumer;

/**
 * One life of a member under one id: its transport, its threads, and the pure parts between them.
 * It ends for good when the cluster removes it; what comes after is another incarnation.
 *
 * <p>Locks are taken in one order: the control lock, then a replica's or the session's. A replica
 * that needs the control plane while another thread holds it does without and asks again at the
 * next tick.
 */
final class Incarnation implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Incarnation.class.getPackageName());
  private static final int SWEEP_EVERY = 50;

  private final NodeSettings settings;
  private final MemberId self;
  private final RelayingTransport transport;
  private final ControlThread control;
  private final TimerThread timer;
  private final HostResolver resolver;
  private final LocalDelivery local;
  private final DataPlane data;
  private final ClientPlane clients;
  private final ChangePlane changes;
  private final StatisticsCollector statistics;
  private final PrimaryRoutes routes;
  private final MemberLoads loads = new MemberLoads();
  private final ProcessorRunner processors;
  private final ClusterHistory history;
  private final Arrivals arrivals;
  private final IntFunction<ProcessorHost> hosts;
  private final Consumer<String> expelled;
  private final DataDirectory directory;
  private final ClockWatch clocks = new ClockWatch();
  private final ReentrantLock controlLock = new ReentrantLock();
  private final StateNews news = new StateNews(this::slot);
  private final DrillOrders drills;
  private DeathWitness witness;
  private DurableMemory memory;
  private ControlPlane plane;
  private volatile boolean started;
  private volatile long leaseEnd = Long.MIN_VALUE;
  private volatile MemberId leader;
  private volatile String ballot = "";

  /**
   * Creates an incarnation that has not started.
   *
   * @param directory the node's data directory, null if it has none
   * @param listeners who listens to changes at this node
   * @param counters what counts the calls at this node
   * @param hosts finds what runs processors of a cache, by the cache's id; null if it is not open
   * @param expelled told once, on an engine thread, when the cluster has removed this incarnation
   * @param crash a drill: has this incarnation end a moment later, on another thread
   */
  Incarnation(
      NodeSettings settings,
      DataDirectory directory,
      ClusterHistory history,
      ChangeListeners listeners,
      CallCounters counters,
      IntFunction<ProcessorHost> hosts,
      Consumer<String> expelled,
      Consumer<Incarnation> crash) {
    this.settings = settings;
    this.directory = directory;
    this.history = history;
    this.hosts = hosts;
    this.expelled = expelled;
    this.self = MemberId.of(UUID.randomUUID());
    Cut cut = new Cut(System::nanoTime);
    this.transport =
        new RelayingTransport(Transports.create(settings, self), settings.nodeName(), cut);
    this.drills =
        new DrillOrders(
            (to, message) -> transport.send(to, Transport.Channel.CONTROL, Frames.of(message)),
            new MemberDrills(
                self,
                settings.drills(),
                () -> leaseValid() ? state() : null,
                cut,
                () -> crash.accept(this),
                new Output()::event));
    this.local = new LocalDelivery(this::deliverOwn);
    PartitionSettings bounds =
        settings.discovery() instanceof NodeDiscovery.Alone
            ? PartitionSettings.alone()
            : PartitionSettings.forLease(settings.lease().toNanos());
    Surroundings surroundings = new Surroundings();
    TransferBudget budget = new TransferBudget(settings.transferBandwidth(), System.nanoTime());
    this.data =
        new DataPlane(
            self,
            bounds,
            surroundings,
            local,
            budget,
            settings.maxMemory(),
            settings.maxValueBytes());
    this.changes =
        new ChangePlane(
            self,
            bounds.retransmit(),
            listeners,
            surroundings::send,
            transport::together,
            local,
            System::nanoTime);
    this.statistics =
        new StatisticsCollector(
            () -> counters.figures(data),
            (to, message) -> transport.send(to, Transport.Channel.DATA, Frames.of(message)),
            System::nanoTime);
    this.routes = new PrimaryRoutes(data::state, this::leaseValid, transport::isExchangingLarge);
    this.clients =
        new ClientPlane(
            self,
            ClientSettings.withTimeout(settings.operationTimeout().toNanos()),
            routes,
            this::sendOfCluster,
            local,
            history::onDelayed,
            System::nanoTime);
    this.arrivals =
        new Arrivals(
            data, clients, changes, statistics, drills, history, this::onControl, this::hint);
    String name = settings.nodeName();
    this.processors = new ProcessorRunner("henge-processor-" + name, settings.maxValueBytes());
    this.control = new ControlThread("henge-control-" + name, this::controlTick);
    this.timer = new TimerThread("henge-timer-" + name, this::dataTick);
    this.resolver =
        new HostResolver("henge-resolver-" + name, Founding.hosts(settings), this::hint);
  }

  void start() throws IOException {
    if (settings.sameHostWitness()) {
      Path directory = settings.runDirectory();
      witness =
          new DeathWitness(
              directory != null ? directory : RunDirectory.byDefault(settings.clusterName()), self);
    }
    memory = directory == null ? DurableMemory.none(self) : directory.begin(self);
    transport.start(arrivals);
    Member member = Founding.member(settings, transport, memory.identity());
    SecureRandom random = new SecureRandom();
    plane =
        new ControlPlane(
            Founding.settings(settings),
            member,
            new Output(),
            () -> random.nextLong() & Long.MAX_VALUE,
            ControlParts.standard(),
            memory.memory());
    memory.begin(this::stored, this::memoryFailed);
    Transports.announce(settings, transport);
    control.offer(() -> onPlane(() -> plane.start(System.nanoTime())));
    resolver.start();
    control.start();
    timer.start();
    started = true;
  }

  private void stored(long number) {
    control.offer(() -> onPlane(() -> plane.onStored(number, System.nanoTime())));
  }

  /** A voter that cannot remember must not vote: this life ends and one without a vote begins. */
  private void memoryFailed(String why) {
    String reason = "its data directory failed: " + why;
    directory.condemn(reason);
    control.offer(() -> onPlane(() -> plane.abandon(reason)));
  }

  MemberId self() {
    return self;
  }

  /** The last applied state, null before this incarnation is in a cluster. */
  ClusterState state() {
    return data.state();
  }

  DataPlane data() {
    return data;
  }

  ClientPlane clients() {
    return clients;
  }

  /** The changes that this member listens to. */
  ChangePlane changes() {
    return changes;
  }

  /** What the callers of all members did. */
  StatisticsCollector statistics() {
    return statistics;
  }

  Transport transport() {
    return transport;
  }

  /** The copies of a partition that may be read, the primary first; empty without a lease. */
  List<MemberId> copies(int partition) {
    return routes.copies(partition);
  }

  /** How quickly other members answer reads. */
  MemberLoads loads() {
    return loads;
  }

  /** The largest value with its key, in bytes. */
  int maxValueBytes() {
    return settings.maxValueBytes();
  }

  /** The leader as far as known, or null. */
  MemberId leader() {
    return leader;
  }

  /** The promised ballot, for people. */
  String ballot() {
    return ballot;
  }

  /** Why this incarnation has ended, or null. */
  String over() {
    return news.over();
  }

  /** Drills that are asked of other members. */
  DrillOrders drills() {
    return drills;
  }

  /** Whether a majority of the voters renewed this member's lease. */
  boolean leaseValid() {
    long end = leaseEnd;
    return end != Long.MIN_VALUE && System.nanoTime() - end < 0;
  }

  /** Asks for a command; best effort, to be repeated until the state shows it. */
  void propose(Command command) {
    control.offer(() -> onPlane(() -> plane.propose(command, System.nanoTime())));
  }

  /** Has the control plane do something, by its thread and with its time; best effort. */
  void onControl(ObjLongConsumer<ControlPlane> request) {
    control.offer(() -> onPlane(() -> request.accept(plane, System.nanoTime())));
  }

  /** The last applied slot, -1 before this incarnation is in a cluster. */
  long slot() {
    ClusterState state = data.state();
    return state == null ? -1 : state.slot();
  }

  /** Waits until a slot after {@code seen} is applied, or for at most {@code nanos}. */
  void awaitChange(long seen, long nanos) throws InterruptedException {
    news.await(seen, nanos);
  }

  /** Asks the others to take over what this member holds; goes on until they have. */
  void drain() {
    control.offer(() -> onPlane(() -> plane.drain(System.nanoTime())));
  }

  /** Gives the lease up for good and asks to be removed. */
  void leave() {
    control.offer(() -> onPlane(() -> plane.leave(System.nanoTime())));
  }

  /** Leaves the cluster as the settings say, or stops to join it, and ends all threads. */
  @Override
  public void close() {
    String why = "the node was closed";
    if (over() == null && started) {
      new Farewell(this, settings.nodeName()).say(settings.drainTimeout(), why);
    }
    end(why);
    if (witness != null) {
      witness.close(); // last: from here on the world may hold this member for dead
    }
  }

  /** Ends without a word to anybody, as with its process. */
  void crash(String why) {
    transport.abort();
    end(why);
    if (witness != null) {
      witness.abandon(); // last, as above
    }
  }

  /** Ends all operations and threads; idempotent. */
  private void end(String why) {
    leaseEnd = Long.MIN_VALUE;
    news.end(why);
    resolver.close();
    control.close();
    clients.close(why);
    changes.close(why);
    timer.close();
    processors.close();
    transport.close();
    if (memory != null) {
      memory.close();
    }
  }

  private void controlTick() {
    long now = System.nanoTime();
    boolean jumped = clocks.jumped(now, System.currentTimeMillis());
    transport.tick(now);
    onPlane(
        () -> {
          if (jumped) {
            plane.onHint(new Hint.ClockJumped(), now);
          }
          plane.onTick(now);
          leader = plane.leader();
          ballot = plane.ballot();
        });
  }

  private int dataTicks;

  private boolean dataTick() {
    boolean all = ++dataTicks % SWEEP_EVERY == 0;
    boolean[] busy = new boolean[1];
    // Most of what a tick sends are commit indices, one frame for each partition written to.
    transport.together(() -> busy[0] = data.tick(all, System.nanoTime()));
    boolean calling = clients.tick();
    boolean listening = changes.tick();
    return busy[0] || calling || listening;
  }

  private void onPlane(Runnable event) {
    local.run(
        () -> {
          controlLock.lock();
          try {
            event.run();
          } finally {
            controlLock.unlock();
          }
        });
  }

  private void deliverOwn(PartitionMessage message) {
    arrivals.own(self, message);
  }

  private void sendOfCluster(MemberId to, WireWriter frame) {
    transport.send(to, Transport.Channel.DATA, Frames.ofCluster(frame, data.cluster()));
  }

  private void onControl(MemberId from, ControlMessage message) {
    control.offer(() -> onPlane(() -> plane.onMessage(from, message, System.nanoTime())));
  }

  private void hint(Hint hint) {
    control.offer(() -> onPlane(() -> plane.onHint(hint, System.nanoTime())));
  }

  private final class Output implements ControlOutput {

    @Override
    public void send(MemberId to, ControlMessage message) {
      transport.send(to, Transport.Channel.CONTROL, Frames.of(message));
    }

    @Override
    public void stateApplied(
        ClusterState before,
        ClusterState after,
        List<Command> commands,
        long creditNanos,
        long now) {
      resolver.close(); // founding is over
      transport.follow(before, after);
      history.onApplied(before, after, commands, now);
      data.apply(before, after, now);
      history.onRolesTaken(after.slot(), System.nanoTime());
      loads.retain(after.members().keySet());
      clients.onRoutesChanged();
      changes.onState(after);
      news.onApplied();
    }

    @Override
    public void foundedAgain(ClusterState before, ClusterState after, long now) {
      String why = "what was left of the cluster was founded again";
      clients.onFoundedAgain(why); // it has no lease yet, so nothing is sent before the new state
      stateApplied(before, after, List.of(), 0, now);
      changes.onFoundedAgain(why);
      changes.onState(after);
    }

    @Override
    public void entryApplied(LogEntry entry) {
      history.onEntry(entry);
    }

    @Override
    public void store(byte[] record, boolean replaces) {
      memory.store(record, replaces);
    }

    @Override
    public void awaitStored(long number) {
      memory.awaitStored(number);
    }

    @Override
    public void condemnMemory(String why) {
      if (directory != null) {
        directory.condemn(why);
      }
    }

    @Override
    public void leaseExtended(long end) {
      leaseEnd = end;
    }

    @Override
    public void seekDeathProof(Member suspect) {
      if (witness != null) {
        witness.seek(suspect.id(), proof -> hint(new Hint.ProvenDead(suspect.id(), proof)));
      }
    }

    @Override
    public void learnAddress(MemberId member, String host, int port) {
      transport.learnAddress(member, host, port);
    }

    @Override
    public void release(int partition, long epoch, MemberId replica, long now) {
      data.release(partition, epoch, replica, now);
    }

    @Override
    public void event(ControlEvent event) {
      Level level =
          switch (event.kind()) {
            case DIVERGED -> Level.ERROR;
            case EXPELLED, REFUSED, WAITING, DRILL, STANDING_STILL, FOUNDED_AGAIN -> Level.WARNING;
            default -> Level.INFO;
          };
      LOG.log(level, "{0}: {1}: {2}", settings.nodeName(), event.kind(), event.text());
      history.onEvent(event, System.nanoTime());
    }

    @Override
    public void expelled(String why) {
      leaseEnd = Long.MIN_VALUE;
      news.end(why);
      clients.close(why);
      Incarnation.this.expelled.accept(why);
    }
  }

  private final class Surroundings implements DataPlane.Surroundings {

    @Override
    public void send(MemberId to, PartitionMessage message) {
      sendOfCluster(to, Frames.of(message));
    }

    @Override
    public void propose(Command command) {
      Incarnation.this.propose(command);
    }

    @Override
    public boolean barrierOver(SortedMap<MemberId, Long> revoked) {
      if (!controlLock.tryLock()) {
        return false;
      }
      try {
        return plane.barrierOver(revoked, System.nanoTime());
      } finally {
        controlLock.unlock();
      }
    }

    @Override
    public boolean leaseValid() {
      return Incarnation.this.leaseValid();
    }

    @Override
    public boolean runProcessor(
        int partition, OperationId id, EntryKey key, byte[] processor, byte[] value) {
      return processors.run(
          hosts.apply(key.cache()),
          id,
          processor,
          key.bytes(),
          value,
          outcome -> data.onProcessed(partition, outcome, System.nanoTime()));
    }

    @Override
    public boolean sendingLarge(MemberId to) {
      return transport.isSendingLarge(to);
    }

    @Override
    public void barrierPassed(int partition, long epoch) {
      history.onBarrierPassed(partition, epoch, System.nanoTime());
    }
  }
}
