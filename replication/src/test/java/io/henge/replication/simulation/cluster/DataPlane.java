package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.PossibleLoss;
import io.henge.replication.partition.AnswerStatus;
import io.henge.replication.partition.ClientOperation;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.ClientSession;
import io.henge.replication.partition.EvictionPlanner;
import io.henge.replication.partition.MemoryBound;
import io.henge.replication.partition.MemoryShare;
import io.henge.replication.partition.MemoryShares;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionAuthority;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionOutput;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.partition.PeerBacklogs;
import io.henge.replication.partition.ProcessorOutcome;
import io.henge.replication.partition.ReadAttempts;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A member's replicas and its callers' session, wired as the real node wires them. */
final class DataPlane
    implements PartitionAuthority, PartitionOutput, ClientSession.Routes, ClientSession.Output {

  private static final int OPERATIONS_PER_FULL_RUNNER = 16;

  private final SimulatedCluster cluster;
  private final SimulatedMember member;
  private final ClientSession session;
  private final SimulatedReads reads;
  private final SortedMap<Integer, PartitionReplica> replicas = new TreeMap<>();
  private final MemoryShares memory = new MemoryShares();
  private final PeerBacklogs backlogs;
  private boolean processing;

  /** Null if the member does not listen. */
  private final SimulatedListener listener;

  private ClusterState state;

  DataPlane(SimulatedCluster cluster, SimulatedMember member) {
    this.cluster = cluster;
    this.member = member;
    backlogs = new PeerBacklogs(cluster.plan().memory().backlog());
    session = new ClientSession(member.id(), cluster.plan().client(), this, this);
    reads = new SimulatedReads(member.id(), cluster.chanceOfReads(member));
    listener = SimulatedListener.of(cluster, member, cluster.chanceOfListeners());
  }

  /** Follows the log: every replica takes its new assignment. */
  void applied(ClusterState after) {
    ClusterState before = state;
    state = after;
    long now = member.process().clock();
    boolean foundedAgain = before != null && !before.clusterId().equals(after.clusterId());
    boolean membersChanged =
        before == null || !before.members().keySet().equals(after.members().keySet());
    for (int number = 0; number < after.partitionCount(); number++) {
      PartitionAssignment assignment = after.partition(number);
      PartitionReplica replica = replicas.get(number);
      if (replica == null && assignment.holds(member.id())) {
        replica =
            cluster
                .parts()
                .replica(
                    number,
                    member.id(),
                    after.groupOf(number).mode(),
                    cluster.plan().partition(),
                    this,
                    this);
        replicas.put(number, replica);
      }
      if (replica != null) {
        if (foundedAgain) {
          replica.onFoundedAgain();
        }
        replica.onAssignment(assignment, now);
        if (membersChanged || foundedAgain) {
          replica.onMembersChanged(now);
        }
        inspect(number, replica);
      }
    }
    reads.applied(after);
    limitMemory(after);
    session.onRoutesChanged(now);
    if (listener != null) {
      listener.applied(after);
    }
  }

  /** What was left of the cluster was founded again, and this member is about to be in it. */
  void foundedAgain() {
    session.onFoundedAgain("founded again");
  }

  /** This member is in a cluster that was founded again: who listens begins anew. */
  void listenAgain() {
    if (listener != null) {
      listener.beginAgain();
    }
  }

  /** A message of another data plane, or of this one. */
  void onMessage(MemberId from, PartitionMessage message) {
    long now = member.process().clock();
    if (message instanceof PartitionMessage.Answer answer) {
      session.onAnswer(answer, now);
      return;
    }
    if (message instanceof PartitionMessage.Changes changes) {
      if (listener != null) {
        listener.onChanges(from, changes);
      }
      return;
    }
    cluster.replicaJudge().large().received(member.id(), from, message);
    PartitionReplica replica = replicas.get(message.partition());
    if (replica != null) {
      replica.onMessage(from, message, now);
      inspect(message.partition(), replica);
    }
  }

  /** The leader wants a replica to go. */
  void release(int partition, long epoch, MemberId replica) {
    PartitionReplica own = replicas.get(partition);
    if (own != null) {
      own.release(epoch, replica, member.process().clock());
      inspect(partition, own);
    }
  }

  void tick() {
    long now = member.process().clock();
    makeRoom(now);
    replicas.forEach(
        (number, replica) -> {
          replica.onTick(now);
          inspect(number, replica);
        });
    session.onTick(now);
    if (listener != null) {
      listener.tick();
    }
  }

  /** Whoever listens to caches at this member, or null. */
  SimulatedListener listener() {
    return listener;
  }

  /** Evens out and enforces the shares that are exceeded, as a node does. */
  private void makeRoom(long now) {
    memory.divide(cluster.plan().memory().budget());
    for (int id : memory.exceeded()) {
      CacheDefinition cache = state.caches().get(id);
      int perGroup = cluster.plan().partitionsPerGroup();
      List<CacheUsage> usages = new ArrayList<>();
      for (int i = 0; cache != null && i < perGroup; i++) {
        PartitionReplica replica = replicas.get(cache.group() * perGroup + i);
        usages.add(replica == null ? null : replica.primaryUsage(id));
      }
      int first = cache == null ? 0 : cache.group() * perGroup;
      for (EvictionPlanner.Order order :
          EvictionPlanner.plan(usages, first, memory.of(id).limit())) {
        if (memory.of(id).exceeded()) {
          PartitionReplica replica = replicas.get(order.partition());
          replica.evict(id, order.entries(), order.bytes(), now);
          inspect(order.partition(), replica);
        }
      }
    }
  }

  /** The bounds follow the partitions that this member leads. */
  private void limitMemory(ClusterState after) {
    int perGroup = cluster.plan().partitionsPerGroup();
    for (CacheDefinition cache : after.caches().values()) {
      int led = 0;
      for (int i = 0; i < perGroup; i++) {
        led += member.id().equals(after.partition(cache.group() * perGroup + i).primary()) ? 1 : 0;
      }
      MemoryBound bound = cluster.plan().memory().bound();
      MemoryShare share = memory.of(cache.id());
      if (bound.equals(MemoryBound.NONE)) {
        int wanted = after.groups().get(cache.group()).copies();
        share.budget(Math.min(wanted, after.members().size()), Math.max(1, led));
      } else {
        share.limit(bound.shareOf(led, perGroup), Math.max(1, led));
      }
    }
  }

  /** The lease was extended: what waits for it may go on. */
  void leaseExtended() {
    long now = member.process().clock();
    session.onRoutesChanged(now);
  }

  private void inspect(int number, PartitionReplica replica) {
    cluster.replicaJudge().inspect(member, number, replica);
    cluster.asyncJudge().inspect(member, number, replica);
    cluster.boundJudge().inspect(member, number, replica);
    cluster.backlogJudge().inspect(member, number, replica);
  }

  // What callers ask for.

  /** Begins an operation of a caller; {@code call} gets its end. */
  void begin(int partition, EntryKey key, Operation operation, Call call) {
    long now = member.process().clock();
    ReadAttempts attempts = null;
    if (operation instanceof Operation.Get get && get.access() == Lifetimes.UNCHANGED) {
      List<MemberId> copies = copies(partition);
      MemberId first = reads.choose(partition, copies, now);
      if (member.id().equals(first)) {
        if (readLocally(partition, key, call)) {
          return;
        }
        first = copies.get(0);
      }
      attempts = reads.attempts(first);
    }
    if (session.begin(partition, key, operation, attempts, call, now) == null) {
      throw new IllegalStateException("more callers than lanes at " + member);
    }
  }

  /** Tells whether a read would be answered by this member's own copy. */
  boolean answersLocally(int partition, EntryKey key) {
    PartitionReplica replica = replicas.get(partition);
    return replica != null && replica.read(key) != null && replica.serves() && leaseValid();
  }

  private boolean readLocally(int partition, EntryKey key, Call call) {
    PartitionReplica replica = replicas.get(partition);
    if (replica == null) {
      return false;
    }
    StoredValue value = replica.read(key);
    if (value == null || !replica.serves() || !leaseValid()) {
      return false;
    }
    boolean primary = member.id().equals(replica.assignment().primary());
    cluster.statistics().count(primary ? "local reads at a primary" : "local reads at a backup");
    call.finished(
        new ClientResult(
            value.present() ? ClientResult.Kind.DONE : ClientResult.Kind.UNCHANGED,
            value.value(),
            null));
    return true;
  }

  /** Who waits for the end of an operation. */
  interface Call {
    /**
     * The key is reserved: says what becomes of its value, by {@link #complete} some time later.
     */
    void granted(ClientOperation operation, byte[] value);

    /** It ended. */
    void finished(ClientResult result);
  }

  /** A caller's code has run under its reservation. */
  void complete(ClientOperation operation, byte[] value, long lifetime) {
    session.complete(
        operation, Operation.Change.SET, value, value, lifetime, member.process().clock());
  }

  /** A caller gives its reservation up: the code does nothing. */
  void leaveUnchanged(ClientOperation operation) {
    session.complete(
        operation,
        Operation.Change.NONE,
        null,
        null,
        Lifetimes.UNCHANGED,
        member.process().clock());
  }

  /** Whether the step under way brings what code has done. */
  boolean processing() {
    return processing;
  }

  /** Whether a cache takes more here than it may. */
  boolean exceedsMemory() {
    return !memory.exceeded().isEmpty();
  }

  PartitionReplica replica(int number) {
    return replicas.get(number);
  }

  // ClientSession.Routes

  @Override
  public MemberId primary(int partition) {
    return state != null && leaseValid() && partition < state.partitionCount()
        ? state.partition(partition).primary()
        : null;
  }

  @Override
  public List<MemberId> copies(int partition) {
    return primary(partition) == null ? List.of() : state.partition(partition).inSync();
  }

  @Override
  public String whyNoPrimary(int partition) {
    return leaseValid() ? "no primary" : "no lease";
  }

  // ClientSession.Output

  @Override
  public void send(MemberId to, PartitionMessage.Request request) {
    if (request.operation() instanceof Operation.Get && request.attempt() > 1) {
      cluster.statistics().count("reads asked again");
    }
    send(to, (PartitionMessage) request);
  }

  @Override
  public void granted(ClientOperation operation, byte[] value) {
    ((Call) operation.attachment()).granted(operation, value);
  }

  @Override
  public void notRunnable(ClientOperation operation) {
    cluster.statistics().count("processors that could not run at the primary");
    member.soon(() -> session.reserveInstead(operation, member.process().clock()));
  }

  @Override
  public void finished(ClientOperation operation, ClientResult result) {
    ((Call) operation.attachment()).finished(result);
  }

  // PartitionOutput

  @Override
  public void send(MemberId to, PartitionMessage message) {
    if (message instanceof PartitionMessage.Request request
        && request.operation() instanceof Operation.Get get
        && !get.forwardable()) {
      cluster.statistics().count("reads forwarded to the primary");
    } else if (message instanceof PartitionMessage.Answer answer && answersRead(answer)) {
      judgeRead(answer.partition());
    }
    cluster.send(member, to, message);
  }

  /** What was committed is answered for all attempts at once; a read for the one that asked. */
  private static boolean answersRead(PartitionMessage.Answer answer) {
    return answer.attempt() > 0
        && (answer.status() == AnswerStatus.DONE || answer.status() == AnswerStatus.UNCHANGED);
  }

  private void judgeRead(int partition) {
    if (!member.holdsLease()) {
      throw new RuleBroken("I16", member + " answers a read without a lease");
    }
    if (!member.id().equals(replicas.get(partition).assignment().primary())) {
      cluster.statistics().count("reads for other members at a backup");
    }
  }

  @Override
  public void proposePromotion(int partition, long epoch, MemberId learner) {
    cluster.statistics().count("promotions proposed");
    member.propose(new Command.PromoteLearner(partition, epoch, learner));
  }

  @Override
  public void proposeShrink(int partition, long epoch, MemberId backup, boolean keepAsLearner) {
    cluster
        .statistics()
        .count(keepAsLearner ? "shrinks of silent backups proposed" : "replicas released");
    member.propose(new Command.ShrinkInSync(partition, epoch, backup, keepAsLearner));
  }

  @Override
  public void noteLoss(int partition, long epoch, long atMost) {
    cluster.statistics().count("possible losses proposed");
    member.propose(new Command.NoteLoss(partition, epoch, atMost));
  }

  @Override
  public boolean runProcessor(
      int partition, OperationId id, EntryKey key, byte[] processor, byte[] value) {
    if ((id.sequence() + id.lane()) % OPERATIONS_PER_FULL_RUNNER == 0) {
      cluster.statistics().count("processors without a thread");
      return false;
    }
    cluster.statistics().count("processors run at a primary");
    ProcessorOutcome outcome = Processors.run(id, processor, value);
    cluster.runProcessor(
        member,
        () -> {
          PartitionReplica replica = replicas.get(partition);
          processing = true; // what code has done is appended whatever is owed
          replica.onProcessed(outcome, member.process().clock());
          inspect(partition, replica);
          processing = false;
        });
    return true;
  }

  @Override
  public void barrierPassed(int partition, long epoch) {
    cluster.statistics().count("barriers passed");
  }

  // PartitionAuthority

  @Override
  public long now() {
    return member.process().clock();
  }

  @Override
  public boolean leaseValid() {
    return member.holdsLease();
  }

  @Override
  public boolean barrierOver(SortedMap<MemberId, Long> revoked) {
    return member.plane().barrierOver(revoked, member.process().clock());
  }

  @Override
  public PeerBacklogs backlogs() {
    return backlogs;
  }

  @Override
  public MemoryShare memory(int cache) {
    return memory.of(cache);
  }

  @Override
  public boolean cacheExists(int cache) {
    return state != null && state.caches().containsKey(cache);
  }

  @Override
  public boolean cacheDropped(int cache) {
    return state != null && cache < state.nextCacheId() && !state.caches().containsKey(cache);
  }

  @Override
  public boolean memberActive(MemberId id) {
    Member known = state == null ? null : state.members().get(id);
    return known != null && known.state() != MemberState.SUSPENDED;
  }

  @Override
  public boolean memberKnown(MemberId id) {
    return state != null && state.members().containsKey(id);
  }

  @Override
  public long lossNotedAt(int partition) {
    PossibleLoss loss = state.lossOf(partition);
    return loss == null ? -1 : loss.epoch();
  }

  @Override
  public boolean sendingLarge(MemberId to) {
    return member.relay().sendingLarge(to);
  }

  @Override
  public boolean exchangingLarge(MemberId peer) {
    return member.relay().exchangingLarge(peer);
  }

  @Override
  public boolean mayTransfer(int bytes, long now) {
    boolean may = (now / 4_000_000) % 3 != 0; // in a third of the time there is no bandwidth left
    if (!may) {
      cluster.statistics().count("chunks that waited for bandwidth");
    }
    return may;
  }
}
