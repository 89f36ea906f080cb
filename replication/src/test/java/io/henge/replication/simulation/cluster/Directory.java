package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterStateMachine;
import io.henge.replication.membership.Memory;
import io.henge.replication.membership.MemoryCodec;
import io.henge.replication.membership.MemoryRecord;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.world.EventQueue;
import io.henge.replication.simulation.world.SimulatedDisk;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The data directory of one host: a disk that takes its time, and forgets what was not synced. */
final class Directory {

  /** An acceptance that waits to be safe, for the judge. */
  private record Acceptance(int position, MemberId clusterId, MemoryRecord.Accepted record) {}

  private final EventQueue events;
  private final SeededRandom random;
  private final long syncTakes;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final List<Acceptance> acceptances = new ArrayList<>();
  private MemberId clusterId;
  private int holder;
  private boolean broken;

  /** An empty directory; a sync takes {@code syncTakes} nanoseconds in the mean. */
  Directory(EventQueue events, SeededRandom random, long syncTakes) {
    this.events = events;
    this.random = random;
    this.syncTakes = syncTakes;
  }

  /** The disk fails: nothing more is written, and whoever waits for that is told so. */
  void fail() {
    broken = true;
  }

  /** Tells whether the disk failed. */
  boolean broken() {
    return broken;
  }

  /** What a process would find if it could read the disk that failed. */
  Memory safe() {
    return Memory.of(disk.readSafe(), new ClusterStateMachine());
  }

  /**
   * The next incarnation takes hold of it: what it remembers, or an empty memory; null if the disk
   * failed.
   */
  Memory open(MemberId newVoter) {
    holder++;
    if (broken) {
      return null;
    }
    Memory found = Memory.of(disk.read(), new ClusterStateMachine());
    Memory memory = (found == null ? Memory.empty(newVoter) : found).started();
    write(MemoryCodec.encode(new MemoryRecord.Whole(memory)), true);
    disk.synced(disk.position());
    return memory;
  }

  void write(byte[] record, boolean replaces) {
    if (broken) {
      return;
    }
    disk.write(record, replaces);
    MemoryRecord decoded = MemoryCodec.decode(record);
    if (decoded instanceof MemoryRecord.Whole whole) {
      clusterId = whole.memory().state() == null ? null : whole.memory().state().clusterId();
    } else if (decoded instanceof MemoryRecord.Accepted accepted) {
      acceptances.add(new Acceptance(disk.position(), clusterId, accepted));
    }
  }

  /**
   * Syncs what was written so far, and tells so, or that the disk failed; nobody is told once
   * another one holds it.
   */
  void sync(
      Consumer<Runnable> accepted,
      PaxosJudge judge,
      MemberId voter,
      Runnable done,
      Runnable failed) {
    int position = disk.position();
    int now = holder;
    events.after(
        random.exponential((double) syncTakes),
        () -> {
          if (now != holder) {
            return;
          }
          if (broken) {
            accepted.accept(failed);
            return;
          }
          disk.synced(position);
          while (!acceptances.isEmpty() && acceptances.get(0).position() <= position) {
            Acceptance safe = acceptances.remove(0);
            judge.keeps(safe.clusterId(), voter, safe.record().proposal());
          }
          accepted.accept(done);
        });
  }

  /** The process ended; {@code powerLost} if the machine did, too. */
  void released(boolean powerLost) {
    holder++;
    acceptances.clear();
    if (powerLost) {
      disk.crash(random);
    } else {
      disk.close();
    }
  }

  /** How many writes were lost. */
  int lost() {
    return disk.lost();
  }
}
