package io.henge.replication.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The replicas of one partition in one thread. Messages lie on the wire until the test delivers,
 * drops, repeats or reorders them; each passes through the codec.
 */
final class ReplicaNetwork {

  static final MemberId A = new MemberId(0, 1);
  static final MemberId B = new MemberId(0, 2);
  static final MemberId C = new MemberId(0, 3);
  static final MemberId D = new MemberId(0, 4);
  static final MemberId CALLER = new MemberId(0, 100);
  static final MemberId OTHER_CALLER = new MemberId(0, 101);
  static final int CACHE = 1;
  static final int OTHER_CACHE = 2;
  static final long MILLISECOND = 1_000_000L;
  static final long LEASE = 300 * MILLISECOND;
  static final long ORIGIN = 1;

  /** A message under way. */
  record Envelope(MemberId from, MemberId to, PartitionMessage message) {

    boolean is(Class<? extends PartitionMessage> type) {
      return type.isInstance(message);
    }
  }

  /** A proposal to the metadata plane. */
  record Proposal(boolean promotion, long epoch, MemberId member) {}

  /** A processor that a primary wants to run. */
  record Run(OperationId id, EntryKey key, byte[] value) {}

  final SortedMap<MemberId, Node> nodes = new TreeMap<>();
  final List<Envelope> wire = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  final Set<MemberId> gone = new HashSet<>();
  final Set<MemberId> suspended = new HashSet<>();
  final Set<Integer> dropped = new HashSet<>();

  /** Caches that were created in a slot which no member has applied yet. */
  final Set<Integer> unheardOf = new HashSet<>();

  /** How many processors a replica takes. */
  int mostRuns = Integer.MAX_VALUE;

  final PartitionSettings settings;
  final ReplicationMode mode;
  long now = 1_000_000 * MILLISECOND;
  long slot = ORIGIN;
  private PartitionAssignment assignment = PartitionAssignment.none();
  private int lanes;

  /** The epoch of the last possible loss that was noted. */
  private long noted = -1;

  ReplicaNetwork() {
    this(PartitionSettings.forLease(LEASE));
  }

  ReplicaNetwork(PartitionSettings settings) {
    this(settings, ReplicationMode.SYNC);
  }

  ReplicaNetwork(PartitionSettings settings, ReplicationMode mode) {
    this.settings = settings;
    this.mode = mode;
    for (MemberId member : List.of(A, B, C, D)) {
      nodes.put(member, new Node(member));
    }
  }

  /** Small frames, chunks and retention, so that few entries take the paths of many. */
  static ReplicaNetwork withSmallBounds() {
    PartitionSettings usual = PartitionSettings.forLease(LEASE);
    return new ReplicaNetwork(
        new PartitionSettings(
            usual.retransmit(),
            usual.silenceLimit(),
            usual.reservationSilence(),
            usual.reservationLimit(),
            8,
            4,
            200,
            usual.largeFrameBytes(),
            100,
            4,
            100_000,
            64,
            2));
  }

  Node node(MemberId member) {
    return nodes.get(member);
  }

  /** A new epoch with these in-sync replicas and learners, applied by everybody. */
  void epoch(List<MemberId> inSync, List<MemberId> learners) {
    decideEpoch(inSync, learners);
    applyAll();
  }

  /** As {@link #epoch}, but applied by nobody yet. */
  void decideEpoch(List<MemberId> inSync, List<MemberId> learners) {
    slot++;
    decide(slot, ORIGIN, inSync, learners);
  }

  /** Other learners in the same epoch, applied by nobody yet. */
  void decideLearners(List<MemberId> learners) {
    slot++;
    decide(assignment.epoch(), assignment.origin(), assignment.inSync(), learners);
  }

  /** The partition begins empty, applied by nobody yet. */
  void decideReset(List<MemberId> inSync) {
    slot++;
    decide(slot, slot, inSync, List.of());
  }

  private void decide(long epoch, long origin, List<MemberId> inSync, List<MemberId> learners) {
    SortedMap<MemberId, Long> revoked = new TreeMap<>(assignment.revoked());
    for (MemberId member : assignment.inSync()) {
      if (!inSync.contains(member)) {
        revoked.put(member, slot);
      }
    }
    revoked.keySet().removeAll(inSync);
    assignment = new PartitionAssignment(epoch, origin, inSync, learners, revoked);
  }

  void applyAll() {
    nodes.keySet().forEach(this::apply);
  }

  void apply(MemberId member) {
    node(member).replica.onAssignment(assignment, now);
  }

  PartitionAssignment assignment() {
    return assignment;
  }

  /** Delivers until nothing is under way. */
  void deliver() {
    deliver(envelope -> true);
  }

  /** Delivers what fits, and what follows from it and fits, in order. */
  void deliver(Predicate<Envelope> which) {
    for (int i = 0; i < 100_000; i++) {
      Envelope next = wire.stream().filter(which).findFirst().orElse(null);
      if (next == null) {
        return;
      }
      wire.remove(next);
      hand(next);
    }
    throw new AssertionError("messages without end: " + wire);
  }

  /** Delivers the first message that fits, and nothing that follows from it. */
  void deliverOne(Predicate<Envelope> which) {
    Envelope next = wire.stream().filter(which).findFirst().orElseThrow();
    wire.remove(next);
    hand(next);
  }

  /** Hands a message over, once more if it was delivered before. */
  void hand(Envelope envelope) {
    WireWriter writer = new WireWriter(PartitionCodec.estimate(envelope.message()));
    PartitionCodec.write(writer, envelope.message());
    WireReader reader = new WireReader(writer.toByteArray());
    PartitionMessage copy = PartitionCodec.read(reader);
    reader.expectEnd();
    if (copy instanceof Answer answer) {
      answers.add(answer);
    } else if (nodes.containsKey(envelope.to())) {
      node(envelope.to()).replica.onMessage(envelope.from(), copy, now);
    }
  }

  /** Takes messages off the wire; returns them. */
  List<Envelope> drop(Predicate<Envelope> which) {
    List<Envelope> lost = wire.stream().filter(which).toList();
    wire.removeAll(lost);
    return lost;
  }

  /** Lets time pass for everybody, in steps in which all is delivered. */
  void run(long duration) {
    for (long end = now + duration; now < end; ) {
      tick(5 * MILLISECOND);
      deliver();
    }
  }

  /** Lets time pass for everybody without a delivery. */
  void tick(long duration) {
    now += duration;
    nodes.values().forEach(node -> node.replica.onTick(now));
  }

  OperationId nextId() {
    return new OperationId(CALLER, ++lanes, 1);
  }

  /** Sends a request to a member; it is handled at once, what follows lies on the wire. */
  OperationId ask(MemberId primary, String key, Operation operation) {
    return ask(primary, nextId(), 1, key, operation);
  }

  OperationId ask(MemberId primary, OperationId id, int attempt, String key, Operation operation) {
    hand(new Envelope(id.client(), primary, new Request(0, id, attempt, key(key), operation)));
    return id;
  }

  OperationId put(MemberId primary, String key, String value) {
    return ask(primary, key, new Operation.Put(bytes(value), false));
  }

  /** The answers to an operation that came so far. */
  List<Answer> answersTo(OperationId id) {
    drop(envelope -> envelope.is(Answer.class) && !nodes.containsKey(envelope.to()))
        .forEach(this::hand);
    return answers.stream().filter(answer -> answer.id().equals(id)).toList();
  }

  /** The only answer to an operation. */
  Answer answerTo(OperationId id) {
    List<Answer> all = answersTo(id);
    assertThat(all).as("answers to " + id).hasSize(1);
    return all.get(0);
  }

  /** What a member's map holds, by key. */
  Map<String, String> content(MemberId member) {
    Map<String, String> content = new TreeMap<>();
    node(member)
        .replica
        .store()
        .entries()
        .forEachRemaining(
            entry -> content.put(text(entry.getKey().bytes()), text(entry.getValue().value())));
    return content;
  }

  static EntryKey key(String key) {
    return new EntryKey(CACHE, bytes(key));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  static Predicate<Envelope> sentTo(MemberId member) {
    return envelope -> envelope.to().equals(member);
  }

  static Predicate<Envelope> sentBy(MemberId member) {
    return envelope -> envelope.from().equals(member);
  }

  static Predicate<Envelope> ofType(Class<? extends PartitionMessage> type) {
    return envelope -> envelope.is(type);
  }

  /** One member. */
  final class Node implements PartitionAuthority, PartitionOutput {

    final MemberId self;
    final PartitionReplica replica;
    final List<Proposal> proposals = new ArrayList<>();
    final List<Run> runs = new ArrayList<>();
    final List<Long> losses = new ArrayList<>();
    boolean lease = true;
    boolean sendingLarge;
    boolean barrier = true;
    final MemoryShares memory = new MemoryShares();
    PeerBacklogs backlogs = new PeerBacklogs(1 << 30);

    private Node(MemberId self) {
      this.self = self;
      this.replica =
          new PartitionReplica(0, self, mode, settings, new PartitionRules(), this, this);
    }

    /** A local read: null if the primary must be asked. */
    StoredValue read(String key) {
      return replica.read(key(key));
    }

    boolean promoted(MemberId member) {
      return proposals.contains(new Proposal(true, replica.assignment().epoch(), member));
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public boolean leaseValid() {
      return lease;
    }

    @Override
    public boolean barrierOver(SortedMap<MemberId, Long> revoked) {
      return barrier || revoked.isEmpty();
    }

    @Override
    public boolean sendingLarge(MemberId to) {
      return sendingLarge;
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
      return !dropped.contains(cache) && !unheardOf.contains(cache);
    }

    @Override
    public boolean cacheDropped(int cache) {
      return dropped.contains(cache);
    }

    @Override
    public boolean memberActive(MemberId member) {
      return !gone.contains(member) && !suspended.contains(member);
    }

    @Override
    public boolean memberKnown(MemberId member) {
      return !gone.contains(member);
    }

    @Override
    public boolean mayTransfer(int bytes, long now) {
      return true;
    }

    @Override
    public void send(MemberId to, PartitionMessage message) {
      wire.add(new Envelope(self, to, message));
    }

    @Override
    public void proposePromotion(int partition, long epoch, MemberId learner) {
      proposals.add(new Proposal(true, epoch, learner));
    }

    @Override
    public void proposeShrink(int partition, long epoch, MemberId backup, boolean keepAsLearner) {
      proposals.add(new Proposal(false, epoch, backup));
    }

    @Override
    public boolean runProcessor(
        int partition, OperationId id, EntryKey key, byte[] processor, byte[] value) {
      return runs.size() < mostRuns && runs.add(new Run(id, key, value));
    }

    @Override
    public long lossNotedAt(int partition) {
      return noted;
    }

    @Override
    public void noteLoss(int partition, long epoch, long atMost) {
      losses.add(atMost);
      noted = epoch;
    }

    @Override
    public void barrierPassed(int partition, long epoch) {}
  }
}
