package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.Effect;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.topology.MemberId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches large frames: each arrives whole and unmixed or not at all, a primary lets nothing
 * overtake one, and sends none again that is still on its way.
 */
final class LargeFrameJudge {

  private record Way(MemberId from, MemberId to, long frame) {}

  private record Link(MemberId primary, MemberId replica, int partition) {}

  private record Held(long epoch, long last) {}

  private final Map<Way, byte[]> sent = new HashMap<>();
  private final Map<Link, Held> held = new HashMap<>();
  private final SimulatedCluster cluster;

  LargeFrameJudge(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** A large frame begins its way. */
  void sent(MemberId from, MemberId to, long frame, byte[] bytes) {
    sent.put(new Way(from, to, frame), bytes);
  }

  /** A large frame was put together. */
  void arrived(MemberId from, MemberId to, long frame, byte[] bytes) {
    if (!Arrays.equals(sent.get(new Way(from, to, frame)), bytes)) {
      throw new RuleBroken("large frames", "frame " + frame + " is not what was sent");
    }
  }

  /** Two messages wait for the same peer. */
  void together(SimulatedMember sender, Object one, Object other) {
    boolean again = false;
    if (one instanceof Append first && other instanceof Append second) {
      again =
          first.partition() == second.partition()
              && first.epoch() == second.epoch()
              && first.first() == second.first();
    } else if (one instanceof SnapshotChunk first && other instanceof SnapshotChunk second) {
      again =
          first.partition() == second.partition()
              && first.epoch() == second.epoch()
              && first.transfer() == second.transfer()
              && first.chunk() == second.chunk();
    }
    if (again) {
      throw new RuleBroken("large frames", sender + " sends again what is on its way: " + other);
    }
  }

  /** A primary sends a part of its log. */
  void appends(MemberId from, MemberId to, Append append) {
    Link link = new Link(from, to, append.partition());
    Held before = held.get(link);
    if (before != null && before.epoch() == append.epoch() && append.first() > before.last()) {
      throw new RuleBroken("large frames", "something overtakes a large frame: " + append);
    }
    int bytes = append.effects().stream().mapToInt(Effect::bytes).sum();
    if (bytes > cluster.plan().large().largeFrameBytes()) {
      held.put(link, new Held(append.epoch(), append.first() + append.effects().size() - 1));
    }
  }

  /** A message reaches a member's data plane. */
  void received(MemberId at, MemberId from, PartitionMessage message) {
    Link link = new Link(at, from, message.partition());
    Held waits = held.get(link);
    if (waits == null) {
      return;
    }
    boolean over =
        message instanceof Appended appended
            ? appended.epoch() == waits.epoch() && appended.index() >= waits.last()
            : message instanceof PartitionMessage.LearnerStatus
                || message instanceof PartitionMessage.ChunkReceived;
    if (over) {
      held.remove(link);
    }
  }
}
