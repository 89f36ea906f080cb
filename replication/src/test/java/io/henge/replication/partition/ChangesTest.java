package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.CACHE;
import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.OTHER_CACHE;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.ChangesTaken;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.partition.ReplicaNetwork.Envelope;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A member that listens, and the replicas of one partition. */
class ChangesTest {

  private ReplicaNetwork network = new ReplicaNetwork();
  private final List<String> told = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private boolean room = true;
  private final ChangeSubscriber listener =
      new ChangeSubscriber(
          50 * MILLISECOND,
          new PartitionRules(),
          partition -> network.assignment().replicas(),
          new ChangeSubscriber.Output() {
            @Override
            public void send(MemberId to, PartitionMessage message) {
              network.wire.add(new Envelope(CALLER, to, message));
            }

            @Override
            public boolean take(int partition, Change change) {
              if (room) {
                told.add(
                    change.kind()
                        + " "
                        + text(change.key().bytes())
                        + " "
                        + text(change.previous())
                        + ">"
                        + text(change.value())
                        + (change.own() ? " own" : ""));
              }
              return room;
            }

            @Override
            public void covered(int partition, long upTo) {}

            @Override
            public void missed(int partition, long after, long upTo) {
              missed.add((upTo - after) + " missed");
            }
          });

  /** Delivers everything, also to the listener, with two ticks in between. */
  private void settle() {
    for (int i = 0; i < 6; i++) {
      deliver();
      network.tick(5 * MILLISECOND);
      listener.onTick(network.now);
    }
    deliver();
  }

  private void deliver() {
    List<Envelope> toListener;
    do {
      network.deliver(each -> !each.is(Changes.class));
      toListener = network.drop(each -> each.is(Changes.class));
      toListener.forEach(
          each -> listener.onChanges(each.from(), (Changes) each.message(), network.now));
    } while (!toListener.isEmpty());
  }

  private void start() {
    network.epoch(List.of(A, B), List.of());
    settle();
  }

  private void listen(boolean previous) {
    listener.want(CACHE, 0, 1, previous, network.now);
    settle();
    assertThat(listener.confirmed(CACHE)).isTrue();
  }

  private void put(MemberId primary, String key, String value) {
    network.put(primary, key, value);
    settle();
  }

  @Test
  void everyKindOfChangeIsToldInOrderWithTheValueBefore() {
    start();
    put(A, "a", "0");
    listen(true);
    put(A, "a", "1");
    put(A, "b", "1");
    network.ask(A, "b", new Operation.Remove(false));
    network.ask(A, "b", new Operation.Remove(false));
    network.ask(A, "c", new Operation.Put(bytes("1"), false, new Lifetimes(9, 9, 9)));
    network.run(100 * MILLISECOND);
    settle();
    assertThat(told)
        .containsExactly(
            "UPDATED a 0>1 own",
            "CREATED b null>1 own",
            "REMOVED b 1>null own",
            "CREATED c null>1 own",
            "EXPIRED c 1>null");
  }

  @Test
  void valuesBeforeAreToldOnlyToThoseWhoAsk() {
    start();
    put(A, "a", "0");
    listen(false);
    put(A, "a", "1");
    network.ask(A, "a", new Operation.Remove(false));
    settle();
    assertThat(told).containsExactly("UPDATED a null>1 own", "REMOVED a null>null own");
    listen(true);
    put(A, "a", "2");
    put(A, "a", "3");
    assertThat(told.subList(2, 4)).containsExactly("CREATED a null>2 own", "UPDATED a 2>3 own");
  }

  @Test
  void neitherClearingNorOtherCachesNorFailedConditionsAreTold() {
    start();
    listen(true);
    put(A, "a", "0");
    network.hand(
        new Envelope(
            CALLER,
            A,
            new PartitionMessage.Request(
                0,
                network.nextId(),
                1,
                new EntryKey(OTHER_CACHE, bytes("a")),
                new Operation.Put(bytes("1"), false))));
    network.ask(A, "a", new Operation.PutIfAbsent(bytes("2")));
    network.ask(A, "a", new Operation.ReplaceIfEquals(bytes("9"), bytes("2")));
    network.ask(A, "a", new Operation.Clear());
    put(A, "a", "3");
    assertThat(told).containsExactly("CREATED a null>0 own", "CREATED a null>3 own");
  }

  @Test
  void theAnswerNamesTheChangeAndNothingIfNothingChanged() {
    start();
    listen(false);
    assertThat(answer(new Operation.Put(bytes("1"), false)).version())
        .isEqualTo(listener.position(0));
    assertThat(answer(new Operation.PutIfAbsent(bytes("1"))).version()).isZero();
    assertThat(answer(new Operation.Remove(true)).version()).isEqualTo(listener.position(0));
    assertThat(answer(new Operation.Remove(true)).version()).isZero();
    assertThat(answer(new Operation.Clear()).version()).isZero();
  }

  private Answer answer(Operation operation) {
    var id = network.ask(A, "a", operation);
    network.deliver(each -> !each.is(Changes.class) && !each.is(Answer.class));
    Answer answer = network.answerTo(id);
    settle();
    return answer;
  }

  @Test
  void whatIsLostOnTheWayIsToldAgainInOrderAndOnce() {
    start();
    listen(false);
    network.put(A, "a", "1");
    network.deliver(each -> !each.is(Changes.class));
    assertThat(network.drop(each -> each.is(Changes.class))).hasSize(1);
    put(A, "a", "2");
    assertThat(told).containsExactly("CREATED a null>1 own", "UPDATED a null>2 own");
    network.put(A, "a", "3");
    network.deliver(each -> !each.is(Changes.class));
    List<Envelope> lost = network.drop(each -> each.is(Changes.class));
    for (int i = 0; i < 30; i++) {
      settle();
    }
    lost.forEach(each -> listener.onChanges(each.from(), (Changes) each.message(), network.now));
    settle();
    assertThat(told).hasSize(3).last().isEqualTo("UPDATED a null>3 own");
    assertThat(missed).isEmpty();
  }

  @Test
  void withoutRoomAChangeComesAgain() {
    start();
    listen(false);
    room = false;
    put(A, "a", "1");
    put(A, "a", "2");
    assertThat(told).isEmpty();
    room = true;
    for (int i = 0; i < 30; i++) {
      settle();
    }
    assertThat(told).containsExactly("CREATED a null>1 own", "UPDATED a null>2 own");
  }

  @Test
  void theNextPrimaryGoesOnWhereTheListenerStands() {
    start();
    network.epoch(List.of(A, B, C), List.of());
    settle();
    listen(true);
    put(A, "a", "1");
    network.put(A, "a", "2");
    network.put(A, "b", "1");
    // Committed and replicated, but not told any more.
    network.deliver(each -> !each.is(Changes.class));
    network.drop(each -> each.is(Changes.class));
    network.gone.add(A);
    network.epoch(List.of(B, C), List.of());
    listener.onRoutesChanged(network.now);
    for (int i = 0; i < 100; i++) {
      settle();
    }
    put(B, "a", "3");
    assertThat(told)
        .containsExactly(
            "CREATED a null>1 own",
            "UPDATED a 1>2 own",
            "CREATED b null>1 own",
            "UPDATED a 2>3 own");
    assertThat(missed).isEmpty();
  }

  @Test
  void whatABackupNoLongerHasIsToldAsMissed() {
    network = ReplicaNetwork.withSmallBounds(); // keeps four changes
    start();
    network.epoch(List.of(A, B, C), List.of());
    settle();
    listen(false);
    put(A, "a", "0");
    for (int i = 1; i <= 6; i++) {
      network.put(A, "a", "" + i);
      network.deliver(each -> !each.is(Changes.class));
      network.drop(each -> each.is(Changes.class));
    }
    network.gone.add(A);
    network.epoch(List.of(B, C), List.of());
    listener.onRoutesChanged(network.now);
    for (int i = 0; i < 100; i++) {
      settle();
    }
    assertThat(missed).containsExactly("1 missed");
    assertThat(told)
        .containsExactly(
            "CREATED a null>0 own",
            "UPDATED a null>2 own",
            "UPDATED a null>3 own",
            "UPDATED a null>4 own",
            "UPDATED a null>5 own",
            "UPDATED a null>6 own");
  }

  @Test
  void nothingIsKeptOrSentOnceNobodyListens() {
    start();
    listen(false);
    listener.unwant(CACHE, network.now);
    settle();
    network.put(A, "a", "1");
    network.deliver(each -> !each.is(Changes.class));
    assertThat(network.wire).noneMatch(each -> each.is(Changes.class));
    settle();
    assertThat(told).isEmpty();
  }

  @Test
  void aPrimaryThatStillTellsIsToldThatNobodyListens() {
    start();
    listen(false);
    listener.unwant(CACHE, network.now);
    network.drop(each -> each.is(ChangesWanted.class));
    put(A, "a", "1");
    network.put(A, "a", "2");
    network.deliver(each -> !each.is(Changes.class));
    assertThat(network.wire).noneMatch(each -> each.is(Changes.class));
    assertThat(told).isEmpty();
  }

  @Test
  void whoListensAgainBeginsAnew() {
    start();
    listen(false);
    put(A, "a", "1");
    listener.unwant(CACHE, network.now);
    network.drop(each -> each.is(ChangesWanted.class)); // the primary never hears of the pause
    network.put(A, "a", "2");
    network.deliver(each -> !each.is(Changes.class));
    List<Envelope> late = network.drop(each -> each.is(Changes.class));
    listen(false);
    late.forEach(each -> listener.onChanges(each.from(), (Changes) each.message(), network.now));
    put(A, "a", "3");
    assertThat(told).containsExactly("CREATED a null>1 own", "UPDATED a null>3 own");
    assertThat(missed).isEmpty();
  }

  /** Found by the simulator: the listener asked for ever, the primary went on ahead of it. */
  @Test
  void whoWasConfirmedByAnEarlierPrimaryMissesNothing() {
    start();
    put(A, "a", "0");
    listener.want(CACHE, 0, 1, false, network.now);
    network.deliver(each -> !each.is(Changes.class));
    List<Envelope> late = network.drop(each -> each.is(Changes.class));
    network.epoch(List.of(B, A), List.of());
    network.put(B, "a", "1");
    network.deliver(each -> !each.is(Changes.class));
    listener.onRoutesChanged(network.now);
    network.deliver(each -> !each.is(Changes.class));
    network.drop(each -> each.is(Changes.class)); // the first word of the next primary
    late.forEach(each -> listener.onChanges(each.from(), (Changes) each.message(), network.now));
    for (int i = 0; i < 30; i++) {
      settle();
    }
    put(B, "a", "2");
    assertThat(listener.confirmed(CACHE)).isTrue();
    assertThat(told).containsExactly("UPDATED a null>1 own", "UPDATED a null>2 own");
    assertThat(missed).isEmpty();
  }

  @Test
  void aPrimaryWithoutALeaseConfirmsNothing() {
    start();
    network.node(A).lease = false;
    listener.want(CACHE, 0, 1, false, network.now);
    settle();
    assertThat(listener.confirmed(CACHE)).isFalse();
    network.node(A).lease = true;
    for (int i = 0; i < 30; i++) {
      settle();
    }
    assertThat(listener.confirmed(CACHE)).isTrue();
  }

  @Test
  void acknowledgementsAreFewAndTheWindowIsBounded() {
    start();
    listen(false);
    for (int i = 0; i < 3000; i++) {
      network.put(A, "k" + i, "x".repeat(1000));
      network.deliver(each -> !each.is(Changes.class));
    }
    long sent =
        network.wire.stream()
            .filter(each -> each.is(Changes.class))
            .mapToLong(each -> ((Changes) each.message()).changes().size())
            .sum();
    assertThat(sent).isBetween(900L, 1100L); // a megabyte
    for (int i = 0; i < 20; i++) {
      settle();
    }
    assertThat(told).hasSize(3000);
    assertThat(missed).isEmpty();
    network.put(A, "last", "1");
    network.deliver(each -> !each.is(Changes.class));
    assertThat(network.wire).filteredOn(each -> each.is(ChangesTaken.class)).isEmpty();
  }
}
