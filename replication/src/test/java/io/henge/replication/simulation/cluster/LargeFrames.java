package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.Fragment;
import io.henge.replication.transport.Reassembly;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A member's large frames: cut into fragments that leave one after the other while everything else
 * overtakes them, as the real transport sends them, and put together by the real {@link
 * Reassembly}. A fragment that is lost is forgotten, or the connection ends with all that waits.
 */
final class LargeFrames {

  /** A fragment; {@code envelope} tells whose frame it is, and of which cluster. */
  private record Part(Fragment fragment, byte[] content, Object envelope) {}

  /** A fragment was read. */
  private record Read(long frame, int offset) {}

  /** A frame on its way. */
  private record Frame(long number, Object message, byte[] bytes) {}

  private static final int MOST_WAITING = 6;
  private static final int MOST_FRAGMENTS = 6;
  private static final long LONGEST_HANDLING = 3_000_000;

  /** What leaves for one peer. */
  private static final class Queue {
    final Deque<Frame> waiting = new ArrayDeque<>();
    long frames;
    int offset;
    long sentAt;
  }

  private final SimulatedCluster cluster;
  private final SimulatedMember member;
  private final MemberId self;
  private final SeededRandom random;
  private final LargePlan plan;
  private final SortedMap<MemberId, Queue> queues = new TreeMap<>();
  private final SortedMap<MemberId, Reassembly> arriving = new TreeMap<>();

  LargeFrames(
      SimulatedCluster cluster, SimulatedMember member, MemberId self, SeededRandom random) {
    this.cluster = cluster;
    this.member = member;
    this.self = self;
    this.random = random;
    this.plan = cluster.plan().large();
  }

  /** Whether a large frame to a peer has not been read wholly. */
  boolean sendingTo(MemberId peer) {
    Queue queue = queues.get(peer);
    return queue != null && !queue.waiting.isEmpty();
  }

  /** Whether a part of a large frame of a peer is here. */
  boolean receivingFrom(MemberId peer) {
    Reassembly reassembly = arriving.get(peer);
    return reassembly != null && reassembly.isUnderWay();
  }

  /** Sends a message, in fragments if it is large. */
  void send(MemberId to, Object message) {
    Object content = contentOf(message);
    if (plan.any() && content instanceof PartitionMessage large && !to.equals(self)) {
      byte[] bytes = Wire.bytes(large);
      if (bytes.length > plan.wholeBytes()) {
        enqueue(to, message, bytes);
        return;
      }
    }
    cluster.network().send(self, to, message);
  }

  private static Object contentOf(Object message) {
    return OfCluster.content(
        message instanceof SimulatedRelay.Relayed relayed ? relayed.message() : message);
  }

  private static Object inEnvelope(Object envelope, PartitionMessage message) {
    if (envelope instanceof SimulatedRelay.Relayed relayed) {
      return new SimulatedRelay.Relayed(
          relayed.origin(), relayed.destination(), inEnvelope(relayed.message(), message));
    }
    return envelope instanceof OfCluster frame ? new OfCluster(message, frame.cluster()) : message;
  }

  private void enqueue(MemberId to, Object message, byte[] bytes) {
    Queue queue = queues.computeIfAbsent(to, peer -> new Queue());
    for (Frame each : queue.waiting) {
      cluster
          .replicaJudge()
          .large()
          .together(member, OfCluster.content(each.message()), OfCluster.content(message));
    }
    if (queue.waiting.size() >= MOST_WAITING) {
      cluster.statistics().count("large frames dropped");
      return;
    }
    cluster.statistics().count("large frames sent");
    Frame frame = new Frame(queue.frames++, message, bytes);
    cluster.replicaJudge().large().sent(self, to, frame.number(), bytes);
    queue.waiting.add(frame);
    if (queue.waiting.size() == 1) {
      sendPart(to, queue);
    }
  }

  private void sendPart(MemberId to, Queue queue) {
    Frame frame = queue.waiting.peek();
    if (frame == null) {
      return;
    }
    queue.sentAt = member.process().clock();
    int end = Math.min(queue.offset + fragmentBytes(frame), frame.bytes().length);
    Fragment fragment = new Fragment(frame.number(), frame.bytes().length, queue.offset);
    cluster
        .network()
        .send(
            self,
            to,
            new Part(
                fragment, Arrays.copyOfRange(frame.bytes(), queue.offset, end), frame.message()));
  }

  /** Values grow when something is appended to them; they are not to take ever longer. */
  private int fragmentBytes(Frame frame) {
    return Math.max(plan.fragmentBytes(), frame.bytes().length / MOST_FRAGMENTS + 1);
  }

  private void sendNext(MemberId to, Queue queue) {
    queue.offset += fragmentBytes(queue.waiting.element());
    if (queue.offset >= queue.waiting.element().bytes().length) {
      queue.waiting.remove();
      queue.offset = 0;
    }
    sendPart(to, queue);
  }

  /** Notices what was lost. */
  void tick() {
    long now = member.process().clock();
    queues.forEach(
        (peer, queue) -> {
          if (queue.waiting.isEmpty() || now - queue.sentAt <= plan.patience()) {
            return;
          }
          if (random.chance(0.5)) {
            cluster.statistics().count("fragments forgotten");
            sendNext(peer, queue);
          } else {
            cluster.statistics().count("connections that ended with large frames");
            queue.waiting.clear();
            queue.offset = 0;
          }
        });
    arriving.values().forEach(each -> each.dropIfOlder(now, 4 * plan.patience()));
  }

  /**
   * Takes what concerns fragments only.
   *
   * @return what is left to handle; null if nothing
   */
  Object arrived(MemberId from, Object message) {
    if (message instanceof Read read) {
      Queue queue = queues.get(from);
      Frame first = queue.waiting.peek();
      if (first != null && first.number() == read.frame() && queue.offset == read.offset()) {
        sendNext(from, queue);
      }
      return null;
    }
    if (!(message instanceof Part part)) {
      return message;
    }
    Fragment fragment = part.fragment();
    cluster.network().send(self, from, new Read(fragment.frame(), fragment.offset()));
    Reassembly reassembly =
        arriving.computeIfAbsent(
            from, peer -> cluster.parts().reassembly(new AtomicLong(Integer.MAX_VALUE)));
    byte[] content = part.content();
    byte[] whole = reassembly.add(fragment, content, 0, content.length, member.process().clock());
    if (whole != null) {
      cluster.statistics().count("large frames put together");
      cluster.replicaJudge().large().arrived(from, self, fragment.frame(), whole);
      handleLater(from, part, whole);
    }
    return null;
  }

  /** A thread of its own does: what comes meanwhile may be handled before. */
  private void handleLater(MemberId from, Part part, byte[] whole) {
    Object handled = inEnvelope(part.envelope(), Wire.partitionMessage(whole));
    cluster
        .events()
        .after(random.between(0, LONGEST_HANDLING), () -> member.deliver(from, handled));
  }
}
