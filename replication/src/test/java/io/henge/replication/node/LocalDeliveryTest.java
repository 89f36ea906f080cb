package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.ChunkReceived;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalDeliveryTest {

  private final List<String> seen = new ArrayList<>();
  private final LocalDelivery local = new LocalDelivery(this::receive);

  private static PartitionMessage message(int number) {
    return new ChunkReceived(number, 1, 1, 0);
  }

  private void receive(PartitionMessage message) {
    seen.add("received " + message.partition());
    if (message.partition() < 3) {
      local.run(() -> local.later(message(message.partition() + 1)));
      seen.add("step " + message.partition() + " over");
    }
  }

  @Test
  void deliversInOrderAfterTheOutermostStepOnly() {
    local.run(
        () -> {
          local.later(message(1));
          local.run(() -> local.later(message(9)));
          seen.add("outer step over");
        });
    assertThat(seen)
        .containsExactly(
            "outer step over",
            "received 1",
            "step 1 over",
            "received 9",
            "received 2",
            "step 2 over",
            "received 3");
  }

  @Test
  void aMessageOutsideAStepIsABug() {
    assertThatThrownBy(() -> local.later(message(1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aStepThatFailsLeavesNothingBehind() {
    assertThatThrownBy(
            () ->
                local.run(
                    () -> {
                      local.later(message(5));
                      throw new IllegalArgumentException("a bug");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    local.run(() -> local.later(message(7)));
    assertThat(seen).containsExactly("received 7");
  }
}
