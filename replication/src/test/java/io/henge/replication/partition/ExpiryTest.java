package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.key;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries with a deadline: who lets them expire, when, and what the copies know of it. */
class ExpiryTest {

  private static final long SECOND = 1000 * MILLISECOND;

  private final ReplicaNetwork network = new ReplicaNetwork();

  private void twoInSync() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
  }

  private static Lifetimes written(long lifetime) {
    return new Lifetimes(lifetime, lifetime, Lifetimes.UNCHANGED);
  }

  private OperationId put(String key, String value, Lifetimes lifetimes) {
    OperationId id = network.ask(A, key, new Operation.Put(bytes(value), false, lifetimes));
    network.deliver();
    return id;
  }

  private String get(MemberId primary, String key, long access) {
    OperationId id = network.ask(primary, key, new Operation.Get(access));
    network.deliver();
    return text(network.answerTo(id).value());
  }

  private String get(String key) {
    return get(A, key, Lifetimes.UNCHANGED);
  }

  private long deadline(MemberId member, String key) {
    return network.node(member).replica.store().committed(key(key)).deadline();
  }

  @Test
  void anEntryIsThereUntilItsDeadlineAndNotAfterIt() {
    twoInSync();
    put("key", "value", written(SECOND));
    network.run(SECOND - 10 * MILLISECOND);
    assertThat(get("key")).isEqualTo("value");
    network.now += 11 * MILLISECOND; // no step before somebody asks
    assertThat(get("key")).isNull();
    network.run(LEASE);
    assertThat(network.content(A)).isEmpty();
    assertThat(network.content(B)).isEmpty();
  }

  @Test
  void aReadPastTheDeadlineIsAnsweredOnlyWhenTheExpiryIsCommitted() {
    twoInSync();
    put("key", "value", written(SECOND));
    network.now += 2 * SECOND;
    OperationId read = network.ask(A, "key", new Operation.Get());
    assertThat(network.answersTo(read)).isEmpty();
    network.deliver();
    assertThat(network.answerTo(read).status()).isEqualTo(AnswerStatus.UNCHANGED);
  }

  @Test
  void nobodyButThePrimaryLetsAnEntryExpire() {
    twoInSync();
    put("key", "value", written(SECOND));
    network.run(LEASE);
    assertThat(text(network.node(B).read("key").value())).isEqualTo("value");
    network.now += SECOND;
    assertThat(network.node(B).read("key")).as("must be asked at the primary").isNull();
    network.node(B).replica.onTick(network.now);
    assertThat(network.content(B)).containsKey("key");
  }

  @Test
  void aBackupAsksThePrimaryWhenTheDeadlineIsNear() {
    twoInSync();
    put("key", "value", written(SECOND));
    network.run(SECOND - network.settings.retransmit());
    assertThat(network.node(B).read("key")).isNull();
    assertThat(get("key")).isEqualTo("value");
  }

  @Test
  void theSweeperTakesABoundedNumberInAStep() {
    twoInSync();
    for (int i = 0; i < 300; i++) {
      put("key" + i, "value", written(SECOND));
    }
    put("other", "value", written(10 * SECOND));
    network.now += 2 * SECOND;
    long before = network.node(A).replica.lastIndex();
    network.node(A).replica.onTick(network.now);
    assertThat(network.node(A).replica.lastIndex() - before).isEqualTo(64);
    network.deliver();
    network.run(LEASE);
    assertThat(network.content(A)).containsOnlyKeys("other");
    assertThat(network.content(B)).containsOnlyKeys("other");
  }

  @Test
  void theDeadlineSurvivesAFailoverAndATransferOfTheWholeMap() {
    twoInSync();
    put("key", "value", written(10 * SECOND));
    network.run(6 * SECOND);
    network.epoch(List.of(A, B), List.of(C));
    network.run(LEASE);
    assertThat(deadline(C, "key")).isEqualTo(deadline(A, "key"));
    network.epoch(List.of(A, B, C), List.of());
    network.run(LEASE);
    network.epoch(List.of(C, B), List.of());
    network.run(3 * SECOND);
    assertThat(get(C, "key", Lifetimes.UNCHANGED)).isEqualTo("value");
    network.run(SECOND);
    assertThat(get(C, "key", Lifetimes.UNCHANGED)).isNull();
  }

  @Test
  void anExpiredEntryIsAbsentForEveryOperation() {
    twoInSync();
    for (Operation operation :
        List.of(
            new Operation.PutIfAbsent(bytes("new")),
            new Operation.Put(bytes("new"), true),
            new Operation.Remove(true),
            new Operation.Replace(bytes("new"), true),
            new Operation.ReplaceIfEquals(bytes("value"), bytes("new")),
            new Operation.RemoveIfEquals(bytes("value")))) {
      put("key", "value", written(SECOND));
      network.now += 2 * SECOND;
      OperationId id = network.ask(A, "key", operation);
      network.deliver();
      boolean sets =
          operation instanceof Operation.PutIfAbsent || operation instanceof Operation.Put;
      assertThat(network.answerTo(id).status())
          .as(operation.toString())
          .isEqualTo(sets ? AnswerStatus.DONE : AnswerStatus.UNCHANGED);
      assertThat(network.answerTo(id).value()).isNull();
      network.ask(A, "key", new Operation.Remove(false));
      network.deliver();
    }
  }

  @Test
  void anUpdateMayLeaveTheDeadlineAsItIs() {
    twoInSync();
    Lifetimes created = new Lifetimes(SECOND, Lifetimes.UNCHANGED, Lifetimes.UNCHANGED);
    put("key", "one", created);
    long deadline = deadline(A, "key");
    network.run(SECOND / 2);
    put("key", "two", created);
    assertThat(deadline(A, "key")).isEqualTo(deadline);
    put("key", "three", written(SECOND));
    assertThat(deadline(A, "key")).isGreaterThan(deadline);
  }

  @Test
  void aLifetimeOfNothingIsNoEntry() {
    twoInSync();
    Lifetimes nothing = new Lifetimes(0, 0, Lifetimes.UNCHANGED);
    OperationId created = put("key", "value", nothing);
    assertThat(network.answerTo(created).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(get("key")).isNull();
    put("key", "value", written(SECOND));
    put("key", "value", nothing);
    assertThat(get("key")).isNull();
    network.run(LEASE);
    assertThat(network.content(B)).isEmpty();
  }

  @Test
  void anAccessProlongsAnEntryAndIsLoggedOnlyNowAndThen() {
    twoInSync();
    Lifetimes touched = new Lifetimes(SECOND, SECOND, SECOND);
    put("key", "value", touched);
    long before = network.node(A).replica.lastIndex();
    for (int i = 0; i < 100; i++) {
      network.run(20 * MILLISECOND);
      assertThat(get(A, "key", SECOND)).isEqualTo("value");
    }
    assertThat(network.node(A).replica.lastIndex() - before).isBetween(5L, 25L);
    network.run(SECOND - 30 * MILLISECOND);
    assertThat(get("key")).isEqualTo("value");
    network.run(40 * MILLISECOND);
    assertThat(get("key")).isNull();
  }

  @Test
  void anAccessThatShortensALifeIsLoggedAtOnce() {
    twoInSync();
    put("key", "value", written(10 * SECOND));
    get(A, "key", SECOND);
    network.run(LEASE);
    assertThat(deadline(B, "key")).isLessThan(3 * SECOND);
  }

  @Test
  void aReadThatEndsAnEntryIsToldItsValue() {
    twoInSync();
    put("key", "value", written(SECOND));
    OperationId one = network.ask(A, "key", new Operation.Get(0));
    OperationId two = network.ask(A, "key", new Operation.Get(0));
    assertThat(network.answersTo(one)).isEmpty();
    network.deliver();
    assertThat(text(network.answerTo(one).value())).isEqualTo("value");
    assertThat(network.answerTo(two).value()).isNull();
  }

  @Test
  void aFailedComparisonIsAnAccess() {
    twoInSync();
    put("key", "value", written(SECOND));
    Lifetimes lifetimes = new Lifetimes(SECOND, SECOND, 0);
    OperationId id = network.ask(A, "key", new Operation.RemoveIfEquals(bytes("other"), lifetimes));
    network.deliver();
    assertThat(network.answerTo(id).status()).isEqualTo(AnswerStatus.UNCHANGED);
    assertThat(get("key")).isNull();
  }

  @Test
  void nothingExpiresUnderCodeThatRunsOnIt() {
    twoInSync();
    put("key", "value", written(SECOND));
    OperationId id = network.ask(A, "key", new Operation.Reserve());
    long version = network.answerTo(id).version();
    network.run(2 * SECOND);
    network.ask(
        A,
        id,
        2,
        "key",
        new Operation.Complete(version, Operation.Change.SET, bytes("new"), null, SECOND));
    network.deliver();
    assertThat(network.answersTo(id)).last().extracting("status").isEqualTo(AnswerStatus.DONE);
    assertThat(get("key")).isEqualTo("new");
  }

  @Test
  void aTouchThatOvertakesItsEntryInATransferCounts() {
    network.epoch(List.of(A), List.of());
    for (int i = 0; i < 5; i++) {
      put("key" + i, "value", written(SECOND));
    }
    network.epoch(List.of(A), List.of(B));
    network.deliver(envelope -> !ofType(Append.class).test(envelope));
    get(A, "key1", 10 * SECOND);
    network.run(LEASE);
    assertThat(deadline(B, "key1")).isEqualTo(deadline(A, "key1")).isGreaterThan(9 * SECOND);
  }

  @Test
  void readsThatWaitAreRefusedWhenThePrimaryIsDeposed() {
    twoInSync();
    put("key", "value", written(SECOND));
    network.now += 2 * SECOND;
    OperationId read = network.ask(A, "key", new Operation.Get());
    network.epoch(List.of(B, A), List.of());
    assertThat(network.answerTo(read).status()).isEqualTo(AnswerStatus.NOT_PRIMARY);
    network.run(LEASE);
    assertThat(get(B, "key", Lifetimes.UNCHANGED)).isNull();
  }

  @Test
  void aScanLeavesOutWhatHasExpired() {
    twoInSync();
    put("old", "value", written(SECOND));
    put("young", "value", written(10 * SECOND));
    network.now += 2 * SECOND;
    OperationId scan = network.ask(A, "", new Operation.Scan(new byte[0], 1000));
    List<ScanBatch.Entry> found = ScanBatch.decode(network.answerTo(scan).value()).entries();
    assertThat(found).extracting(entry -> text(entry.key())).containsExactly("young");
  }

  @Test
  void whatDoesNotExpireHasNoDeadline() {
    twoInSync();
    network.put(A, "key", "value");
    network.deliver();
    assertThat(deadline(A, "key")).isEqualTo(StoredValue.NEVER);
    put("long", "value", written(Long.MAX_VALUE - 1));
    assertThat(deadline(A, "long")).isEqualTo(StoredValue.NEVER);
  }
}
