package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.PossibleLoss;
import io.henge.replication.partition.MemoryShare;
import io.henge.replication.partition.PartitionAuthority;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionOutput;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.partition.PartitionRules;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.partition.PeerBacklogs;
import io.henge.replication.partition.ProcessorOutcome;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All partition replicas of this member. A step runs on the thread that brings the event, under the
 * replica's own short lock (PROTOCOL 4.11, way b); local reads take none.
 */
final class DataPlane {

  /** What the plane needs from the rest of the node. */
  interface Surroundings {

    /** Sends to another member. */
    void send(MemberId to, PartitionMessage message);

    /** Asks the leader; repeated by the replica until it happens. */
    void propose(Command command);

    /** Whether the leases of the revoked are over; false too if that cannot be told just now. */
    boolean barrierOver(SortedMap<MemberId, Long> revoked);

    /** Whether this member's lease is valid at this moment. */
    boolean leaseValid();

    /** Runs a processor on another thread; returns false if there is none. */
    boolean runProcessor(
        int partition, OperationId id, EntryKey key, byte[] processor, byte[] value);

    /** Whether something large is on its way to a member. */
    boolean sendingLarge(MemberId to);

    /** The barrier of a partition whose primary is here is over. */
    void barrierPassed(int partition, long epoch);
  }

  private final MemberId self;
  private final PartitionSettings settings;
  private final Surroundings surroundings;
  private final LocalDelivery local;
  private final TransferBudget transfers;
  private final View view = new View();
  private final Output output = new Output();
  private final CacheMemory memory;
  private final PeerBacklogs backlogs;
  private volatile Slot[] slots = {};
  private volatile ClusterState state;

  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private final PartitionReplica replica;

    /** The cluster whose frames count; under the lock. */
    private long cluster;

    private volatile boolean busy;

    private Slot(PartitionReplica replica, long cluster) {
      this.replica = replica;
      this.cluster = cluster;
    }
  }

  DataPlane(
      MemberId self,
      PartitionSettings settings,
      Surroundings surroundings,
      LocalDelivery local,
      TransferBudget transfers,
      long maxMemory,
      int maxValueBytes) {
    this.self = self;
    this.settings = settings;
    this.surroundings = surroundings;
    this.local = local;
    this.transfers = transfers;
    this.memory = new CacheMemory(self, maxMemory);
    this.backlogs = new PeerBacklogs(mostOwed(maxValueBytes));
  }

  /**
   * What one other member may owe: a quarter of the heap, but enough for the largest value beside
   * others, and no more than any network needs.
   */
  private static long mostOwed(int maxValueBytes) {
    long least = maxValueBytes + maxValueBytes / 2L;
    return Math.max(least, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4));
  }

  /** Bytes of effects that a member has yet to acknowledge to the primaries here. */
  long owedBy(MemberId member) {
    return backlogs.of(member);
  }

  /** The last applied state, null before this member is in a cluster. */
  ClusterState state() {
    return state;
  }

  /**
   * What tells the frames of this member's cluster from those of one that was founded again of it,
   * or of which it was founded again; 0 before this member is in a cluster. Whoever sends asks at
   * the moment of sending: what was composed before and leaves under the new id is of an epoch that
   * no replica of the new cluster has.
   */
  long cluster() {
    ClusterState now = state;
    return now == null ? 0 : now.clusterId().high();
  }

  /** Makes every replica follow a new state; returns when all do. Control thread only. */
  void apply(ClusterState before, ClusterState after, long now) {
    state = after;
    boolean foundedAgain = before != null && !before.clusterId().equals(after.clusterId());
    grow(after);
    memory.follow(after, true);
    boolean membersChanged = before == null || !before.members().equals(after.members());
    for (int number = 0; number < after.partitionCount(); number++) {
      PartitionAssignment next = after.partition(number);
      Slot slot = slots[number];
      boolean holds = next.holds(self) || slot.replica.assignment().holds(self);
      if (foundedAgain) {
        step(slot, replica -> enter(slot, next, now));
        continue;
      }
      if (!holds || (!membersChanged && next.equals(slot.replica.assignment()))) {
        continue;
      }
      step(
          slot,
          replica -> {
            replica.onAssignment(next, now);
            if (membersChanged) {
              replica.onMembersChanged(now);
            }
          });
    }
    if (before != null) {
      dropCaches(before, after);
    }
    memory.follow(after, false);
  }

  /** In one step: no frame of the former cluster may meet an epoch of the new one. */
  private void enter(Slot slot, PartitionAssignment next, long now) {
    slot.cluster = cluster();
    slot.replica.onFoundedAgain();
    slot.replica.onAssignment(next, now);
    slot.replica.onMembersChanged(now);
  }

  private void dropCaches(ClusterState before, ClusterState after) {
    for (CacheDefinition cache : before.caches().values()) {
      if (!after.caches().containsKey(cache.id())) {
        int first = cache.group() * after.partitionsPerGroup();
        for (int i = 0; i < after.partitionsPerGroup(); i++) {
          step(slots[first + i], replica -> replica.onCacheDropped(cache.id()));
        }
        memory.forget(cache.id());
      }
    }
  }

  private void grow(ClusterState after) {
    int count = after.partitionCount();
    Slot[] old = slots;
    if (old.length < count) {
      Slot[] larger = Arrays.copyOf(old, count);
      for (int number = old.length; number < count; number++) {
        larger[number] =
            new Slot(
                new PartitionReplica(
                    number,
                    self,
                    after.groupOf(number).mode(),
                    settings,
                    new PartitionRules(),
                    view,
                    output),
                after.clusterId().high());
      }
      slots = larger;
    }
  }

  /** Transfers of whole partitions that this member has begun to receive. */
  long transfersReceived() {
    return Arrays.stream(slots).mapToLong(slot -> slot.replica.transfersReceived()).sum();
  }

  /** Handles a message of this member to itself. */
  void onMessage(MemberId from, PartitionMessage message, long now) {
    onMessage(from, cluster(), message, now);
  }

  /**
   * Handles a message between replicas or a request; ignores it if it is of another cluster.
   *
   * @param cluster the sender's {@link #cluster}
   */
  void onMessage(MemberId from, long cluster, PartitionMessage message, long now) {
    Slot slot = slot(message.partition());
    if (slot == null || cluster != cluster() || answeredAtOnce(slot, message)) {
      return;
    }
    step(
        slot,
        replica -> {
          if (slot.cluster == cluster) {
            replica.onMessage(from, message, now);
          }
        });
  }

  /** A read that this copy can answer takes no lock and waits for no write. */
  private boolean answeredAtOnce(Slot slot, PartitionMessage message) {
    if (!(message instanceof Request request)) {
      return false;
    }
    PartitionMessage.Answer answer = slot.replica.answerRead(request);
    if (answer != null) {
      local.run(() -> output.send(request.id().client(), answer));
    }
    return answer != null;
  }

  /** Handles the requests of a batch of a cluster; those of one partition in one step. */
  void onRequests(long cluster, List<Request> requests, long now) {
    int from = 0;
    while (from < requests.size()) {
      int partition = requests.get(from).partition();
      int to = from + 1;
      while (to < requests.size() && requests.get(to).partition() == partition) {
        to++;
      }
      List<Request> ofOne = requests.subList(from, to);
      Slot slot = slot(partition);
      if (slot != null) {
        step(
            slot,
            replica -> {
              if (slot.cluster == cluster) {
                ofOne.forEach(request -> replica.onRequest(request, now));
                replica.flush(now);
              }
            });
      }
      from = to;
    }
  }

  /** A processor has ended. */
  void onProcessed(int partition, ProcessorOutcome outcome, long now) {
    step(slots[partition], replica -> replica.onProcessed(outcome, now));
  }

  /** The leader wants a replica to go when the primary here needs nothing of it. */
  void release(int partition, long epoch, MemberId replica, long now) {
    Slot slot = slot(partition);
    if (slot != null) {
      step(slot, each -> each.release(epoch, replica, now));
    }
  }

  /** Lets time pass for the replicas that wait for something; for all of them if told so. */
  boolean tick(boolean all, long now) {
    boolean busy = makeRoom(now);
    for (Slot slot : slots) {
      if (slot.busy || (all && slot.replica.assignment().holds(self))) {
        step(slot, replica -> replica.onTick(now));
        busy |= slot.busy;
      }
    }
    return busy;
  }

  /** Enforces the bounds that are exceeded; returns whether there were any. */
  private boolean makeRoom(long now) {
    ClusterState current = state;
    return current != null
        && memory.enforce(
            current,
            (partition, cache) -> primaryUsage(slots[partition], cache),
            (partition, cache, entries, bytes) ->
                step(slots[partition], replica -> replica.evict(cache, entries, bytes, now)));
  }

  private static CacheUsage primaryUsage(Slot slot, int cache) {
    slot.lock.lock();
    try {
      return slot.replica.primaryUsage(cache);
    } finally {
      slot.lock.unlock();
    }
  }

  /** Reads this member's copy without a lock. Returns null if the primary has to be asked. */
  StoredValue read(int partition, EntryKey key) {
    Slot slot = slot(partition);
    return slot == null ? null : slot.replica.read(key);
  }

  /**
   * Reads this member's copy whatever its age, without a lock or a lease. Returns null if it holds
   * none that is in sync as far as it knows.
   */
  StoredValue readStale(int partition, EntryKey key) {
    Slot slot = slot(partition);
    return slot == null ? null : slot.replica.readStale(key);
  }

  /** What a cache takes and may take in the partitions that this member leads. */
  MemoryShare memory(int cache) {
    return memory.of(cache);
  }

  /** The replica of a partition, for statistics; null if unknown. */
  PartitionReplica replica(int partition) {
    Slot slot = slot(partition);
    return slot == null ? null : slot.replica;
  }

  private Slot slot(int partition) {
    Slot[] all = slots;
    return partition >= 0 && partition < all.length ? all[partition] : null;
  }

  private void step(Slot slot, Consumer<PartitionReplica> event) {
    local.run(
        () -> {
          slot.lock.lock();
          try {
            event.accept(slot.replica);
            slot.busy = slot.replica.waiting();
          } finally {
            slot.lock.unlock();
          }
        });
  }

  private final class Output implements PartitionOutput {

    @Override
    public void send(MemberId to, PartitionMessage message) {
      if (to.equals(self)) {
        local.later(message);
      } else {
        surroundings.send(to, message);
      }
    }

    @Override
    public void proposePromotion(int partition, long epoch, MemberId learner) {
      surroundings.propose(new Command.PromoteLearner(partition, epoch, learner));
    }

    @Override
    public void proposeShrink(int partition, long epoch, MemberId backup, boolean keepAsLearner) {
      surroundings.propose(new Command.ShrinkInSync(partition, epoch, backup, keepAsLearner));
    }

    @Override
    public void noteLoss(int partition, long epoch, long atMost) {
      surroundings.propose(new Command.NoteLoss(partition, epoch, atMost));
    }

    @Override
    public boolean runProcessor(
        int partition, OperationId id, EntryKey key, byte[] processor, byte[] value) {
      return surroundings.runProcessor(partition, id, key, processor, value);
    }

    @Override
    public void barrierPassed(int partition, long epoch) {
      surroundings.barrierPassed(partition, epoch);
    }
  }

  private final class View implements PartitionAuthority {

    @Override
    public long now() {
      return System.nanoTime();
    }

    @Override
    public boolean leaseValid() {
      return surroundings.leaseValid();
    }

    @Override
    public boolean barrierOver(SortedMap<MemberId, Long> revoked) {
      return revoked.isEmpty() || surroundings.barrierOver(revoked);
    }

    @Override
    public boolean sendingLarge(MemberId to) {
      return surroundings.sendingLarge(to);
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
      return state.caches().containsKey(cache);
    }

    @Override
    public boolean cacheDropped(int cache) {
      ClusterState now = state;
      return cache < now.nextCacheId() && !now.caches().containsKey(cache);
    }

    @Override
    public boolean memberActive(MemberId member) {
      Member known = state.members().get(member);
      return known != null && known.state() != MemberState.SUSPENDED;
    }

    @Override
    public boolean memberKnown(MemberId member) {
      return state.members().containsKey(member);
    }

    @Override
    public long lossNotedAt(int partition) {
      PossibleLoss loss = state.lossOf(partition);
      return loss == null ? -1 : loss.epoch();
    }

    @Override
    public boolean mayTransfer(int bytes, long now) {
      return transfers.take(bytes, System.nanoTime());
    }
  }
}
