package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.CACHE;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.topology.OperationId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache with a bound: room is made before something is written, on all copies alike. */
class EvictorTest {

  private final ReplicaNetwork network = new ReplicaNetwork();

  @BeforeEach
  void twoInSync() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
  }

  private MemoryShare share() {
    return network.node(A).memory(CACHE);
  }

  private void bound(long entries, long bytes) {
    share().limit(new MemoryBound(entries, bytes), 1);
  }

  private AnswerStatus put(String key, String value) {
    OperationId id = network.put(A, key, value);
    network.deliver();
    return network.answerTo(id).status();
  }

  /** The newest effect that the primary has, so many places back. */
  private Effect effect(int back) {
    PartitionReplica primary = network.node(A).replica;
    return primary.effect(primary.lastIndex() - back);
  }

  @Test
  void aFullCacheTakesAnEntryInThePlaceOfAnotherOnAllCopies() {
    bound(2, Long.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      assertThat(put("k" + i, "v")).isEqualTo(AnswerStatus.DONE);
      assertThat(network.content(A)).hasSizeLessThanOrEqualTo(2).containsKey("k" + i);
    }
    network.run(ReplicaNetwork.LEASE);
    assertThat(network.content(B)).isEqualTo(network.content(A));
    assertThat(network.node(B).replica.store().usage(CACHE))
        .isEqualTo(network.node(A).replica.store().usage(CACHE));
    assertThat(network.node(B).replica.store().usage(CACHE).evicted()).isEqualTo(3);
  }

  @Test
  void theEvictionComesBeforeTheWriteInTheLog() {
    bound(1, Long.MAX_VALUE);
    put("k1", "v");
    put("k2", "v");
    assertThat(effect(1).kind()).isEqualTo(Effect.Kind.EVICT);
    assertThat(effect(1).key()).isEqualTo(ReplicaNetwork.key("k1"));
    assertThat(effect(0).kind()).isEqualTo(Effect.Kind.PUT);
  }

  @Test
  void nothingHasToGoForAnUpdateOrARemoval() {
    bound(2, Long.MAX_VALUE);
    put("k1", "v");
    put("k2", "v");
    put("k1", "w");
    network.ask(A, "k2", new Operation.Remove(false));
    network.deliver();
    put("k3", "v");
    assertThat(network.content(A)).containsOnlyKeys("k1", "k3");
    assertThat(network.node(A).replica.store().usage(CACHE).evicted()).isZero();
  }

  @Test
  void anUpdateOfTheOnlyEntryDoesNotEvictWhatItWasEvaluatedOn() {
    bound(Long.MAX_VALUE, CacheUsage.OVERHEAD + 10);
    put("k1", "v");
    OperationId longer = network.ask(A, "k1", new Operation.Replace(bytes("longer"), true));
    network.deliver();
    assertThat(network.answerTo(longer).value()).isEqualTo(bytes("v"));
    assertThat(network.content(A)).containsEntry("k1", "longer");
    assertThat(effect(1).kind()).isEqualTo(Effect.Kind.PUT);
  }

  @Test
  void aValueAboveTheWholeShareGoesAtOnceAndDrivesOutNothing() {
    bound(Long.MAX_VALUE, 3 * CacheUsage.OVERHEAD);
    put("k1", "v");
    assertThat(put("k2", "x".repeat(3 * CacheUsage.OVERHEAD))).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(A)).containsOnlyKeys("k1");
    assertThat(share().bytes()).isEqualTo(CacheUsage.OVERHEAD + 3);
  }

  @Test
  void whatIsNotCommittedYetStays() {
    bound(1, Long.MAX_VALUE);
    network.put(A, "k1", "v");
    network.put(A, "k2", "v");
    assertThat(effect(0).kind()).isEqualTo(Effect.Kind.PUT);
    assertThat(share().exceeded()).isTrue();
    network.deliver();
    network.node(A).replica.evict(CACHE, 1, 0, network.now);
    network.deliver();
    assertThat(network.content(A)).hasSize(1);
    assertThat(share().exceeded()).isFalse();
  }

  @Test
  void whatCodeRunsOnStays() {
    bound(1, Long.MAX_VALUE);
    put("k1", "v");
    network.ask(A, "k1", new Operation.Reserve());
    network.deliver();
    put("k2", "v");
    assertThat(network.content(A)).containsOnlyKeys("k1", "k2");
  }

  @Test
  void aClearLeavesRoomAtOnce() {
    bound(2, Long.MAX_VALUE);
    put("k1", "v");
    put("k2", "v");
    network.ask(A, "", new Operation.Clear());
    network.put(A, "k3", "v");
    network.put(A, "k4", "v");
    network.deliver();
    assertThat(network.content(A)).containsOnlyKeys("k3", "k4");
    assertThat(network.node(A).replica.store().usage(CACHE).evicted()).isZero();
  }

  @Test
  void aNewPrimaryCountsWhatItHoldsAndInheritsAndTheOldOneNoMore() {
    put("k1", "v");
    network.put(A, "k2", "v");
    network.deliver(ofType(Append.class).and(sentTo(B)));
    network.epoch(List.of(B, A), List.of());
    assertThat(network.node(B).memory(CACHE).entries()).isEqualTo(2);
    assertThat(share().entries()).isZero();
    assertThat(share().bytes()).isZero();
    network.deliver();
    network.run(ReplicaNetwork.LEASE);
    assertThat(network.node(B).memory(CACHE).entries()).isEqualTo(2);
  }

  @Test
  void whatIsReadAtABackupStays() {
    bound(20, Long.MAX_VALUE);
    for (int i = 0; i < 20; i++) {
      put("k" + i, "v");
    }
    network.run(2 * ReplicaNetwork.LEASE);
    for (int i = 0; i < 60; i++) {
      for (int hot = 0; hot < 5; hot++) {
        assertThat(network.node(B).read("k" + hot)).isNotNull();
      }
      put("new" + i, "v");
      put("new" + i, "used again, as nothing that the primary sees of the others");
      network.run(5 * ReplicaNetwork.MILLISECOND);
    }
    assertThat(network.content(A)).hasSize(20).containsKeys("k0", "k1", "k2", "k3", "k4");
  }

  @Test
  void aDestroyedCacheCountsNoMore() {
    put("k1", "v");
    network.dropped.add(CACHE);
    network.node(A).replica.onCacheDropped(CACHE);
    assertThat(share().entries()).isZero();
    assertThat(network.node(A).replica.store().usage(CACHE)).isEqualTo(CacheUsage.NONE);
  }
}
