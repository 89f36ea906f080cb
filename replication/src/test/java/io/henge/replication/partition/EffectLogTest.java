package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.OperationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EffectLogTest {

  private final EffectLog log = new EffectLog(4, 10_000);

  private static Effect effect(long index, int size) {
    return new Effect(
        index,
        new OperationId(CALLER, 0, index + 1),
        Effect.Kind.PUT,
        key("key"),
        new byte[size],
        new Outcome(true, null));
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      log.append(effect(log.last() + 1, 10));
    }
  }

  @Test
  void takesOnlyTheNextIndex() {
    log.reset(100);
    log.append(effect(101, 1));
    assertThatThrownBy(() -> log.append(effect(103, 1))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.append(effect(101, 1))).isInstanceOf(IllegalStateException.class);
    assertThat(log.last()).isEqualTo(101);
    assertThat(log.commit()).isEqualTo(100);
  }

  @Test
  void cutsNewestFirstAndNeverWhatIsCommitted() {
    append(5);
    log.commitNext();
    log.commitNext();
    assertThat(log.cut(3)).extracting(Effect::index).containsExactly(5L, 4L);
    assertThat(log.last()).isEqualTo(3);
    assertThatThrownBy(() -> log.cut(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void commitsNothingThatIsNotThere() {
    append(1);
    log.commitNext();
    assertThatThrownBy(log::commitNext).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void trimsCommittedEffectsBeyondItsBoundsButNoneThatIsNeeded() {
    append(20);
    for (int i = 0; i < 15; i++) {
      log.commitNext();
    }
    log.trim(3);
    assertThat(log.retains(2)).isFalse();
    assertThat(log.retains(3)).isTrue();
    log.trim(16);
    assertThat(log.retains(11)).isFalse();
    assertThat(log.retains(12)).isTrue();
    assertThat(log.retains(21)).isTrue();
    assertThat(log.retains(22)).isFalse();
  }

  @Test
  void trimsByBytesToo() {
    for (int i = 1; i <= 3; i++) {
      log.append(effect(i, 6_000));
      log.commitNext();
    }
    log.trim(4);
    assertThat(log.bytes()).isLessThanOrEqualTo(10_000);
    assertThat(log.retains(3)).isTrue();
  }

  @Test
  void agreesWithAListUnderAnyOrderOfSteps() {
    Random random = new Random(7);
    for (int run = 0; run < 50; run++) {
      long start = random.nextInt(1000);
      log.reset(start);
      List<Effect> all = new ArrayList<>();
      long commit = start;
      for (int step = 0; step < 200; step++) {
        int what = random.nextInt(10);
        if (what < 6) {
          Effect next = effect(start + all.size() + 1, random.nextInt(50));
          all.add(next);
          log.append(next);
        } else if (what < 8 && commit < start + all.size()) {
          commit++;
          assertThat(log.commitNext()).isSameAs(all.get((int) (commit - start - 1)));
        } else if (what == 8) {
          long at = commit + random.nextInt((int) (start + all.size() - commit) + 1);
          log.cut(at);
          all.subList((int) (at - start), all.size()).clear();
        } else {
          log.trim(start + random.nextInt(all.size() + 1));
        }
        assertThat(log.last()).isEqualTo(start + all.size());
        assertThat(log.commit()).isEqualTo(commit);
        long bytes = 0;
        for (long i = log.last(); i > start && log.retains(i); i--) {
          assertThat(log.get(i)).isSameAs(all.get((int) (i - start - 1)));
          bytes += log.get(i).bytes();
          assertThat(log.bytesBetween(i - 1, log.last())).isEqualTo(bytes);
        }
        assertThat(log.bytes()).isEqualTo(bytes);
      }
    }
  }
}
