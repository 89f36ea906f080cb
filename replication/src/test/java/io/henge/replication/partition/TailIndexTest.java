package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.store.PartitionStore;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.OperationId;
import org.junit.jupiter.api.Test;

class TailIndexTest {

  private final EffectLog log = new EffectLog(16, 10_000);
  private final PartitionStore store = new PartitionStore();
  private TailIndex tail = new TailIndex(log, store, cache -> new MemoryShare());

  private void append(Effect.Kind kind, String key, String value) {
    long index = log.last() + 1;
    Effect effect =
        new Effect(
            index,
            new OperationId(CALLER, 3, index),
            kind,
            key(key),
            value == null ? null : bytes(value),
            new Outcome(true, null));
    log.append(effect);
    tail.added(effect);
  }

  private void commit() {
    Effect effect = log.commitNext();
    switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE, EVICT ->
          store.apply(effect.key(), effect.value(), effect.index(), effect.deadline());
      case TOUCH -> store.touch(effect.key(), effect.index(), effect.deadline());
      case CLEAR -> store.clearCache(effect.key().cache(), effect.index());
      case NONE -> {}
    }
    tail.committed(effect);
  }

  private String head(String key) {
    return ReplicaNetwork.text(tail.head(key(key)).value());
  }

  @Test
  void theHeadIsTheNewestEffectAndThenTheCommittedValue() {
    append(Effect.Kind.PUT, "a", "one");
    append(Effect.Kind.PUT, "a", "two");
    assertThat(head("a")).isEqualTo("two");
    commit();
    assertThat(head("a")).isEqualTo("two");
    commit();
    assertThat(head("a")).isEqualTo("two");
    assertThat(tail.newestOn(key("a"))).isZero();
    assertThat(tail.head(key("a")).version()).isEqualTo(2);
  }

  @Test
  void aRemovalAndAClearHideWhatIsCommitted() {
    append(Effect.Kind.PUT, "a", "one");
    append(Effect.Kind.PUT, "b", "one");
    commit();
    commit();
    append(Effect.Kind.REMOVE, "a", null);
    assertThat(tail.head(key("a"))).isEqualTo(new StoredValue(null, 3));
    assertThat(head("b")).isEqualTo("one");
    append(Effect.Kind.CLEAR, "", null);
    assertThat(tail.head(key("b")).present()).isFalse();
    assertThat(tail.newestOn(key("b"))).isEqualTo(4);
    append(Effect.Kind.PUT, "b", "two");
    assertThat(head("b")).isEqualTo("two");
    commit();
    commit();
    commit();
    assertThat(head("a")).isNull();
    assertThat(head("b")).isEqualTo("two");
  }

  @Test
  void anEffectThatChangesNothingIsNoHead() {
    append(Effect.Kind.NONE, "a", null);
    assertThat(tail.newestOn(key("a"))).isZero();
    assertThat(tail.newestOf(new OperationId(CALLER, 3, 9)).index()).isEqualTo(1);
    commit();
    assertThat(tail.newestOf(new OperationId(CALLER, 3, 9))).isNull();
  }

  @Test
  void aNewPrimaryFindsTheTailThatItInherited() {
    append(Effect.Kind.PUT, "a", "one");
    append(Effect.Kind.PUT, "a", "two");
    commit();
    tail = new TailIndex(log, store, cache -> new MemoryShare());
    assertThat(head("a")).isEqualTo("two");
    assertThat(tail.newestOf(new OperationId(CALLER, 3, 0)).index()).isEqualTo(2);
  }
}
