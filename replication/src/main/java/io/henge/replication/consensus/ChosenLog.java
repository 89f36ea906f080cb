package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.ConsensusMessage.LogSegment;
import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The decided slots as far as this replica knows them: applied without a gap, the youngest kept for
 * laggards, and the configuration that decides the next one.
 */
class ChosenLog {

  private record Entry(long slot, List<byte[]> batch) {}

  private final ReplicatedStateMachine machine;
  private final ConsensusSettings settings;
  private final ArrayDeque<Entry> retained = new ArrayDeque<>();
  private long retainedBytes;
  private long applied;
  private Configuration configuration;
  private InstallSnapshot snapshot;

  ChosenLog(
      ReplicatedStateMachine machine,
      ConsensusSettings settings,
      long applied,
      Configuration configuration) {
    this.machine = machine;
    this.settings = settings;
    this.applied = applied;
    this.configuration = configuration;
  }

  /** The last decided slot known here. */
  long applied() {
    return applied;
  }

  /** The slot to be decided next, and the only one that may have been accepted anywhere. */
  long next() {
    return applied + 1;
  }

  /** The configuration that decides {@link #next()}. */
  Configuration configuration() {
    return configuration;
  }

  boolean isVoter(MemberId member) {
    return configuration.voters().contains(member);
  }

  /** Applies the decision of the next slot. */
  void apply(long slot, List<byte[]> batch, byte[] note, long now) {
    if (slot != next()) {
      throw new IllegalStateException("Slot " + slot + " is to be applied after " + applied + ".");
    }
    Configuration before = configuration;
    configuration = machine.apply(slot, batch, note, now);
    applied = slot;
    requireVoters(slot, configuration);
    requireOneVoterChange(slot, before, configuration);
    retain(new Entry(slot, batch));
  }

  /** Replaces the state by a later one; false if it is not later. */
  boolean install(InstallSnapshot later, long now) {
    if (later.slot() <= applied) {
      return false;
    }
    configuration = machine.install(later.slot(), later.snapshot(), now);
    applied = later.slot();
    retained.clear();
    retainedBytes = 0;
    snapshot = null;
    return true;
  }

  /** Checks a repeated announcement against what was applied (invariant I1). */
  void requireSame(long slot, List<byte[]> batch) {
    if (retained.isEmpty() || slot < retained.getFirst().slot() || slot > applied) {
      return;
    }
    for (Entry entry : retained) {
      if (entry.slot() == slot && !Batches.equal(entry.batch(), batch)) {
        throw new IllegalStateException(
            "Slot " + slot + " was decided twice, with different batches.");
      }
    }
  }

  /** What a replica that needs {@code fromSlot} should get, or null if there is nothing for it. */
  ConsensusMessage answerTo(long fromSlot) {
    if (fromSlot > applied) {
      return null;
    }
    if (!retained.isEmpty() && fromSlot >= retained.getFirst().slot()) {
      return segment(fromSlot);
    }
    if (snapshot == null || snapshot.slot() < firstRetained() - 1) {
      snapshot = new InstallSnapshot(applied, machine.snapshot());
    }
    return snapshot;
  }

  private static void requireVoters(long slot, Configuration configuration) {
    if (configuration.voters().isEmpty()) {
      throw new IllegalStateException("Slot " + slot + " leaves no voter; nothing follows it.");
    }
  }

  /** Asserts that majorities before and after meet in a voter (invariant I3). */
  void requireOneVoterChange(long slot, Configuration before, Configuration after) {
    long left = before.voters().stream().filter(v -> !after.voters().contains(v)).count();
    long entered = after.voters().stream().filter(v -> !before.voters().contains(v)).count();
    if (left + entered > 1) {
      throw new IllegalStateException(
          "Slot " + slot + " changes " + (left + entered) + " voters; one per slot is allowed.");
    }
  }

  private LogSegment segment(long fromSlot) {
    List<List<byte[]>> batches = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : retained) {
      if (entry.slot() < fromSlot) {
        continue;
      }
      bytes += Batches.bytes(entry.batch());
      if (!batches.isEmpty() && bytes > settings.maxBatchBytes()) {
        break;
      }
      batches.add(entry.batch());
    }
    return new LogSegment(fromSlot, batches, applied);
  }

  private void retain(Entry entry) {
    retained.addLast(entry);
    retainedBytes += Batches.bytes(entry.batch());
    while (retained.size() > settings.retainedSlots() || retainedBytes > settings.memoryBound()) {
      retainedBytes -= Batches.bytes(retained.removeFirst().batch());
    }
    if (snapshot != null && snapshot.slot() < firstRetained() - 1) {
      snapshot = null;
    }
  }

  private long firstRetained() {
    return retained.isEmpty() ? next() : retained.getFirst().slot();
  }
}
