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

  /** An empty directory; a sync takes {@code syncTakes} nanoseconds in the mean. */
  Directory(EventQueue events, SeededRandom random, long syncTakes) {
    this.events = events;
    this.random = random;
    this.syncTakes = syncTakes;
  }

  /** The next incarnation takes hold of it: what it remembers, or an empty memory. */
  Memory open(MemberId newVoter) {
    holder++;
    Memory found = Memory.of(disk.read(), new ClusterStateMachine());
    Memory memory = (found == null ? Memory.empty(newVoter) : found).started();
    write(MemoryCodec.encode(new MemoryRecord.Whole(memory)), true);
    disk.synced(disk.position());
    return memory;
  }

  void write(byte[] record, boolean replaces) {
    disk.write(record, replaces);
    MemoryRecord decoded = MemoryCodec.decode(record);
    if (decoded instanceof MemoryRecord.Whole whole) {
      clusterId = whole.memory().state() == null ? null : whole.memory().state().clusterId();
    } else if (decoded instanceof MemoryRecord.Accepted accepted) {
      acceptances.add(new Acceptance(disk.position(), clusterId, accepted));
    }
  }

  /** Syncs what was written so far, and tells so; nobody is told once another one holds it. */
  void sync(Consumer<Runnable> accepted, PaxosJudge judge, MemberId voter, Runnable done) {
    int position = disk.position();
    int now = holder;
    events.after(
        random.exponential((double) syncTakes),
        () -> {
          if (now != holder) {
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
