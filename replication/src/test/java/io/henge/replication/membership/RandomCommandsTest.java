package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The state machine under random command lists; a failure names its seed. */
class RandomCommandsTest {

  private static final int SEEDS = 100;
  private static final int SLOTS = 120;

  private final ClusterStateMachine machine = new ClusterStateMachine();

  @Test
  void equalLogsGiveEqualStatesAlsoThroughASnapshot() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      RandomCommands commands = new RandomCommands(random);
      ClusterState one = founded();
      ClusterState other = one;
      for (int i = 0; i < SLOTS; i++) {
        List<byte[]> batch = encoded(commands.batch(one));
        one = machine.apply(one, one.slot() + 1, batch).state();
        other = machine.apply(other, other.slot() + 1, batch).state();
        if (random.nextInt(10) == 0) {
          byte[] snapshot = ClusterStateCodec.encode(other);
          other = ClusterStateCodec.decode(snapshot);
          assertThat(ClusterStateCodec.encode(other)).as("seed %d", seed).isEqualTo(snapshot);
        }
      }
      assertThat(other).as("seed %d", seed).isEqualTo(one);
    }
  }

  @Test
  void noListOfCommandsBreaksAnInvariant() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomCommands commands = new RandomCommands(new Random(seed));
      ClusterState before = founded();
      for (int i = 0; i < SLOTS; i++) {
        ClusterStateMachine.Applied applied =
            machine.apply(before, before.slot() + 1, encoded(commands.batch(before)));
        check("seed " + seed + " slot " + before.slot(), before, applied);
        before = applied.state();
      }
    }
  }

  private static void check(
      String where, ClusterState before, ClusterStateMachine.Applied applied) {
    ClusterState after = applied.state();
    Set<MemberId> changed = new HashSet<>(before.voters());
    changed.removeAll(after.voters());
    Set<MemberId> added = new HashSet<>(after.voters());
    added.removeAll(before.voters());
    assertThat(changed.size() + added.size()).as(where).isLessThanOrEqualTo(1);
    assertThat(after.voters()).as(where).isNotEmpty().doesNotHaveDuplicates();
    for (MemberId removed : after.removed()) {
      assertThat(after.members()).as(where).doesNotContainKey(removed);
    }
    boolean removal = applied.effective().stream().anyMatch(c -> c instanceof Command.RemoveMember);
    for (int number = 0; number < before.partitionCount(); number++) {
      checkPartition(where, before.partition(number), after.partition(number), after, removal);
    }
  }

  private static void checkPartition(
      String where,
      PartitionAssignment before,
      PartitionAssignment after,
      ClusterState state,
      boolean removal) {
    Set<MemberId> all = new HashSet<>(after.inSync());
    all.addAll(after.learners());
    assertThat(all).as(where).hasSize(after.inSync().size() + after.learners().size());
    assertThat(state.members().keySet()).as(where).containsAll(all);
    for (MemberId inSync : after.inSync()) {
      assertThat(after.revoked()).as(where).doesNotContainKey(inSync);
    }
    if (!before.inSync().equals(after.inSync())) {
      assertThat(after.epoch()).as(where).isEqualTo(state.slot());
    } else if (after.epoch() != before.epoch()) {
      assertThat(after.epoch()).as(where).isEqualTo(state.slot());
    }
    if (after.inSync().isEmpty()) {
      assertThat(before.inSync().isEmpty() || removal).as(where).isTrue();
    }
    if (after.origin() == before.origin()) {
      Set<MemberId> newInSync = new HashSet<>(after.inSync());
      newInSync.removeAll(before.inSync());
      newInSync.removeAll(before.learners());
      assertThat(newInSync).as(where).isEmpty();
    } else {
      assertThat(before.inSync().isEmpty() || removal).as(where).isTrue();
    }
  }

  private static ClusterState founded() {
    return States.founded(new MemberId(0, 1), new MemberId(0, 2), new MemberId(0, 3));
  }

  private static List<byte[]> encoded(List<Command> commands) {
    return commands.stream().map(CommandCodec::encode).toList();
  }
}
