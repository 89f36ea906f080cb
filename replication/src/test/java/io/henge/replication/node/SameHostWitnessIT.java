package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.ChildJvm;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameHostWitnessIT {

  private final MemberId self = MemberId.of(UUID.randomUUID());
  private final MemberId other = MemberId.of(UUID.randomUUID());

  @TempDir Path directory;

  @Test
  void onlyAKilledProcessIsProvenDead() throws Exception {
    try (SameHostWitness witness = new SameHostWitness(directory, self);
        ChildJvm child =
            ChildJvm.start(SameHostWitnessChild.class, directory.toString(), other.toString())) {
      assertThat(witness.provenDead(other)).as("alive").isFalse();

      child.stop();
      assertThat(witness.provenDead(other)).as("stopped").isFalse();
      child.resume();
      assertThat(witness.provenDead(other)).as("going on").isFalse();

      child.kill();
      await().until(() -> witness.provenDead(other));
      assertThat(witness.provenDead(other)).as("asked again").isTrue();
    }
  }

  @Test
  void aKilledProcessIsProvenDeadEvenWhileItIsStopped() throws Exception {
    try (SameHostWitness witness = new SameHostWitness(directory, self);
        ChildJvm child =
            ChildJvm.start(SameHostWitnessChild.class, directory.toString(), other.toString())) {
      child.stop();
      child.kill();

      await().until(() -> witness.provenDead(other));
    }
  }

  @Test
  void aCleanExitProvesNothing() throws Exception {
    try (SameHostWitness witness = new SameHostWitness(directory, self);
        ChildJvm child =
            ChildJvm.start(SameHostWitnessChild.class, directory.toString(), other.toString())) {
      child.endInput();

      assertThat(witness.provenDead(other)).isFalse();
      assertThat(directory.resolve(other + ".lock")).doesNotExist();
    }
  }
}
