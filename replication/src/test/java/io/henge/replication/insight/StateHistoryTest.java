package io.henge.replication.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterStateMachine;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.CommandCodec;
import io.henge.replication.membership.Reason;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateHistoryTest {

  private static final int FAR = StateHistory.SLOTS + 1000;

  private final StateHistory history = new StateHistory();
  private final List<ClusterState> states = new ArrayList<>();
  private final SeededRandom random = new SeededRandom(11);

  private void apply(Command command) {
    ClusterState last = states.get(states.size() - 1);
    keep(
        new ClusterStateMachine()
            .apply(last, last.slot() + 1, List.of(CommandCodec.encode(command)))
            .state());
  }

  private void keep(ClusterState state) {
    states.add(state);
    history.add(state);
  }

  /** A cluster whose primaries move, members come and go, and caches are made. */
  private void live(int slots) {
    keep(Clusters.of(4));
    for (int group = 1; group <= 2; group++) {
      List<List<MemberId>> replicas = new ArrayList<>();
      for (int i = 0; i < Clusters.PARTITIONS; i++) {
        replicas.add(List.of(Clusters.id(1 + i % 4), Clusters.id(1 + (i + 1) % 4)));
      }
      apply(new Command.CreateGroup(group + 1, replicas));
      apply(new Command.CreateCache("cache" + group, group + 1, new TreeMap<>()));
    }
    for (int i = states.size(); i < slots; i++) {
      apply(somethingNew(states.get(states.size() - 1), i));
    }
  }

  private Command somethingNew(ClusterState state, int i) {
    if (i % 97 == 0) {
      return new Command.AddMember(Clusters.member(100 + i));
    }
    if (i % 31 == 0) {
      return new Command.CreateCache("later" + i, 2, new TreeMap<>());
    }
    int number = random.below(state.partitionCount());
    PartitionAssignment partition = state.partition(number);
    return new Command.TransferPrimary(
        number, partition.epoch(), partition.inSync().get(partition.inSync().size() - 1));
  }

  @Test
  void everySlotThatIsKeptIsExactlyAsItWas() {
    live(700);
    for (ClusterState state : states) {
      assertThat(history.at(state.slot())).isEqualTo(state);
    }
    assertThat(history.oldestSlot()).isZero();
  }

  @Test
  void slotsThatAreNotThereAreNull() {
    assertThat(history.oldestSlot()).isEqualTo(-1);
    assertThat(history.at(0)).isNull();
    live(20);
    assertThat(history.at(-1)).isNull();
    assertThat(history.at(20)).isNull();
  }

  @Test
  void theOldestSlotsAreForgottenAndEnoughAreKept() {
    live(FAR);
    assertThat(history.oldestSlot()).isPositive().isLessThanOrEqualTo(FAR - StateHistory.SLOTS);
    assertThat(history.at(history.oldestSlot() - 1)).isNull();
    for (long slot : new long[] {history.oldestSlot(), FAR - StateHistory.SLOTS, FAR - 1}) {
      assertThat(history.at(slot)).isEqualTo(states.get((int) slot));
    }
  }

  @Test
  void slotsThatChangeMuchPushOldOnesOutSooner() {
    live(30);
    ClusterState state = states.get(29);
    long first = state.slot();
    while (history.oldestSlot() < first + 100) {
      state = moveAllPrimaries(state);
      keep(state);
      assertThat(states).hasSizeLessThan(StateHistory.SLOTS);
    }
    assertThat(history.at(history.oldestSlot())).isEqualTo(states.get((int) history.oldestSlot()));
    int middle = (int) (history.oldestSlot() + state.slot()) / 2;
    assertThat(history.at(middle)).isEqualTo(states.get(middle));
    assertThat(history.at(state.slot())).isEqualTo(state);
  }

  private ClusterState moveAllPrimaries(ClusterState state) {
    List<byte[]> batch = new ArrayList<>();
    for (int number = 0; number < state.partitionCount(); number++) {
      PartitionAssignment partition = state.partition(number);
      MemberId last = partition.inSync().get(partition.inSync().size() - 1);
      batch.add(CommandCodec.encode(new Command.TransferPrimary(number, partition.epoch(), last)));
    }
    return new ClusterStateMachine().apply(state, state.slot() + 1, batch).state();
  }

  /**
   * A member that comes and goes leaves a trace in every list of the state; what is kept of that is
   * as much after sixty times as after six hundred, and well below the bound while nothing happens.
   */
  @Test
  void manyRestartsTakeNoMoreThanSomeDo() {
    live(30);
    assertThat(history.bytes()).isLessThan(StateHistory.BYTES / 8);
    int after60 = 0;
    for (int i = 1; i <= 600; i++) {
      restart(1000 + i);
      if (i == 60) {
        after60 = history.bytes();
      }
      assertThat(history.bytes()).isLessThan(StateHistory.BYTES * 5 / 4);
    }
    assertThat(history.bytes()).isBetween(after60 / 2, after60 * 2);
    for (long slot = history.oldestSlot(); slot < states.size(); slot += 7) {
      assertThat(history.at(slot)).isEqualTo(states.get((int) slot));
    }
  }

  /** One member joins, much is moved because of it, and it is removed again. */
  private void restart(int number) {
    apply(new Command.AddMember(Clusters.member(number)));
    for (int i = 0; i < 6; i++) {
      keep(moveAllPrimaries(states.get(states.size() - 1)));
    }
    apply(
        new Command.RemoveMember(
            Clusters.id(number), new Reason(Reason.Cause.LEFT, Clusters.id(1), "", 0, 0, true)));
  }

  @Test
  void slotsThatWereNeverAppliedOneByOneAreAGap() {
    live(30);
    ClusterState later = states.get(29);
    for (int i = 0; i < 10; i++) {
      later =
          new ClusterStateMachine()
              .apply(
                  later,
                  later.slot() + 1,
                  List.of(CommandCodec.encode(new Command.AddMember(Clusters.member(500 + i)))))
              .state();
    }
    history.add(later);
    assertThat(history.at(35)).isNull();
    assertThat(history.at(39)).isEqualTo(later);
    assertThat(history.at(29)).isEqualTo(states.get(29));
  }

  @Test
  void anotherClusterIsAnotherHistory() {
    live(30);
    ClusterState other = Clusters.of(2);
    history.add(other);
    assertThat(history.at(29)).isNull();
    assertThat(history.at(0)).isEqualTo(other);
  }
}
