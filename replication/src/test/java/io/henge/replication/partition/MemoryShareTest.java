package io.henge.replication.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryShareTest {

  private static final long NONE = Long.MAX_VALUE;

  private final MemoryShare share = new MemoryShare();

  @Test
  void thePartsOfABoundAreNoMoreThanTheWhole() {
    MemoryBound bound = new MemoryBound(1_000, NONE);
    long sum = 0;
    for (int primaries : new int[] {86, 85, 85}) {
      sum += bound.shareOf(primaries, 256).entries();
    }
    assertThat(sum).isBetween(998L, 1_000L);
    assertThat(bound.shareOf(256, 256)).isEqualTo(bound);
    assertThat(new MemoryBound(1, NONE).shareOf(3, 256).entries()).isEqualTo(1);
    assertThat(new MemoryBound(NONE - 1, 7).shareOf(128, 256).entries()).isEqualTo(NONE / 2);
  }

  @Test
  void withoutALimitThereIsAlwaysRoom() {
    share.changed(1_000_000, 1L << 40);
    assertThat(share.exceeded()).isFalse();
    assertThat(share.full(1, 1, 0, 0)).isFalse();
  }

  @Test
  void aPartitionWithItsPartMakesRoomBeforeTheBoundIsExceeded() {
    share.limit(new MemoryBound(640, NONE), 2);
    share.changed(639, 0);
    assertThat(share.full(1, 100, 320, 0)).isFalse();
    share.changed(1, 0);
    assertThat(share.full(1, 100, 320, 0)).isTrue();
    assertThat(share.full(0, 100, 320, 0)).as("an update").isFalse();
    assertThat(share.exceeded()).isFalse();
  }

  @Test
  void aPoorPartitionMayExceedItALittle() {
    share.limit(new MemoryBound(640, NONE), 2);
    share.changed(640, 0);
    assertThat(share.full(1, 100, 100, 0)).isFalse();
    share.changed(10, 0);
    assertThat(share.full(1, 100, 110, 0)).isTrue();
    assertThat(share.exceeded()).isTrue();
  }

  @Test
  void sharesThatAreExceededAreNamed() {
    MemoryShares shares = new MemoryShares();
    for (int cache : new int[] {70, 3, 5}) {
      shares.of(cache).limit(new MemoryBound(NONE, 10), 1);
      shares.of(cache).changed(1, cache == 5 ? 10 : 11);
    }
    assertThat(shares.exceeded()).containsExactly(3, 70);
    shares.forget(70);
    assertThat(shares.exceeded()).containsExactly(3);
  }
}
