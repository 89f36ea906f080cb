package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A state machine of marks and voters, with a hash chained over all it applied. */
final class TestMachine implements ReplicatedStateMachine {

  /** Told of every slot that a machine applies. */
  interface Listener {
    void applied(long slot, List<byte[]> batch, long chain, Configuration configuration);
  }

  private final int voterChangesPerSlot;
  private final Listener listener;
  private long slot;
  private long chain;
  private long marks;
  private long lastMark = -1;
  private Configuration configuration;

  TestMachine(Configuration configuration, int voterChangesPerSlot, Listener listener) {
    this.configuration = configuration;
    this.voterChangesPerSlot = voterChangesPerSlot;
    this.listener = listener;
  }

  long marks() {
    return marks;
  }

  long lastMark() {
    return lastMark;
  }

  long slot() {
    return slot;
  }

  long chain() {
    return chain;
  }

  Configuration configuration() {
    return configuration;
  }

  @Override
  public Configuration apply(long appliedSlot, List<byte[]> batch, byte[] note, long now) {
    if (appliedSlot != slot + 1) {
      throw new AssertionError("slot " + appliedSlot + " applied after " + slot);
    }
    slot = appliedSlot;
    chain = chain * 31 + slot;
    int voterChanges = 0;
    for (byte[] command : batch) {
      chain = chain * 31 + Arrays.hashCode(command);
      TestCommand decoded = TestCommand.decode(command);
      if (decoded.kind() == TestCommand.Kind.MARK) {
        marks++;
        lastMark = decoded.number();
        continue;
      }
      Configuration changed = change(decoded);
      boolean votersDiffer = !changed.voters().equals(configuration.voters());
      if (votersDiffer && voterChanges == voterChangesPerSlot) {
        continue;
      }
      voterChanges += votersDiffer ? 1 : 0;
      configuration = changed;
    }
    listener.applied(slot, batch, chain, configuration);
    return configuration;
  }

  @Override
  public byte[] snapshot() {
    return new WireWriter(256)
        .writeLong(slot)
        .writeLong(chain)
        .writeLong(marks)
        .writeLong(lastMark)
        .writeList(configuration.voters(), WireWriter::writeMember)
        .writeList(configuration.learners(), WireWriter::writeMember)
        .toByteArray();
  }

  @Override
  public Configuration install(long installedSlot, byte[] snapshot, long now) {
    WireReader in = new WireReader(snapshot);
    slot = in.readLong();
    chain = in.readLong();
    marks = in.readLong();
    lastMark = in.readLong();
    configuration =
        new Configuration(in.readList(WireReader::readMember), in.readList(WireReader::readMember));
    if (slot != installedSlot) {
      throw new AssertionError("a snapshot of " + slot + " sent as one of " + installedSlot);
    }
    return configuration;
  }

  private Configuration change(TestCommand command) {
    List<MemberId> voters = new ArrayList<>(configuration.voters());
    List<MemberId> learners = new ArrayList<>(configuration.learners());
    MemberId member = command.member();
    switch (command.kind()) {
      case ADD_VOTER -> {
        if (voters.size() < 7 && !voters.contains(member)) {
          voters.add(member);
          learners.remove(member);
        }
      }
      case REMOVE_VOTER -> {
        if (voters.size() > 1) {
          voters.remove(member);
        }
      }
      case ADD_LEARNER -> {
        if (!voters.contains(member)) {
          learners.add(member);
        }
      }
      case REMOVE_LEARNER -> learners.remove(member);
      case REPLACE_VOTERS -> {
        if (voterChangesPerSlot > 1) {
          voters.clear();
          for (int i = 0; i < Long.SIZE; i++) {
            if ((command.number() >>> i & 1) == 1) {
              voters.add(SimulatedCluster.idOf(i));
            }
          }
          learners.addAll(configuration.voters());
          learners.removeAll(voters);
        }
      }
      case MARK -> throw new AssertionError("a mark changes nobody");
    }
    return new Configuration(voters, learners);
  }
}
