package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandQueueTest {

  private final CommandQueue queue =
      new CommandQueue(new ConsensusSettings(300, 50, 50, 3, 10, 5, 20));

  @Test
  void aBatchTakesTheOldestCommandsUpToTheirNumber() {
    for (int i = 0; i < 5; i++) {
      queue.offer(new byte[] {(byte) i}, 0);
    }
    assertThat(queue.takeBatch()).containsExactly(new byte[] {0}, new byte[] {1}, new byte[] {2});
    assertThat(queue.takeBatch()).containsExactly(new byte[] {3}, new byte[] {4});
    assertThat(queue.takeBatch()).isEmpty();
  }

  @Test
  void aBatchTakesTheOldestCommandsUpToTheirBytes() {
    queue.offer(new byte[6], 0);
    queue.offer(new byte[4], 0);
    queue.offer(new byte[1], 0);
    assertThat(queue.takeBatch()).hasSize(2);
    assertThat(queue.takeBatch()).hasSize(1);
  }

  @Test
  void aFullQueueRefuses() {
    for (int i = 0; i < 20; i++) {
      assertThat(queue.offer(new byte[0], 0)).isTrue();
    }
    assertThat(queue.offer(new byte[0], 0)).isFalse();
    queue.takeToForward(0);
    assertThat(queue.offer(new byte[0], 0)).isTrue();
  }

  @Test
  void aCommandOlderThanAnElectionTimeoutIsNotForwarded() {
    queue.offer(new byte[] {1}, 0);
    queue.offer(new byte[] {2}, 100);
    assertThat(queue.takeToForward(300)).isNull();
    assertThat(queue.takeToForward(300)).isEqualTo(new byte[] {2});
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aQueueOfLongCommandsRefusesBeforeItsNumberIsReached() {
    for (int i = 0; i < 8; i++) {
      assertThat(queue.offer(new byte[10], 0)).isTrue();
    }
    assertThat(queue.offer(new byte[10], 0)).isFalse();
    queue.takeBatch();
    assertThat(queue.offer(new byte[10], 0)).isTrue();
  }
}
