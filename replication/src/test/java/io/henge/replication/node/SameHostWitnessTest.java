package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameHostWitnessTest {

  private final MemberId self = MemberId.of(UUID.randomUUID());
  private final MemberId other = MemberId.of(UUID.randomUUID());

  @TempDir Path directory;

  @Test
  void aMissingFileProvesNothing() throws IOException {
    try (SameHostWitness witness = new SameHostWitness(directory.resolve("run"), self)) {
      assertThat(witness.provenDead(other)).isFalse();
    }
  }

  @Test
  void aFileThatNobodyLocksProvesADeath() throws IOException {
    Files.writeString(directory.resolve(other + ".lock"), "1\n");

    try (SameHostWitness witness = new SameHostWitness(directory, self)) {
      assertThat(witness.provenDead(other)).isTrue();
      assertThat(witness.provenDead(other)).as("asked again").isTrue();
    }
  }

  @Test
  void membersOfOneProcessAreAliveToEachOther() throws IOException {
    try (SameHostWitness one = new SameHostWitness(directory, self);
        SameHostWitness two = new SameHostWitness(directory, other)) {
      assertThat(one.provenDead(other)).isFalse();
      assertThat(two.provenDead(self)).isFalse();
      assertThat(one.provenDead(self)).isFalse();
    }
  }

  @Test
  void aClosedMemberLeavesNoFile() throws IOException {
    try (SameHostWitness one = new SameHostWitness(directory, self)) {
      SameHostWitness two = new SameHostWitness(directory, other);
      two.close();
      two.close();

      assertThat(one.provenDead(other)).isFalse();
      assertThat(directory.resolve(other + ".lock")).doesNotExist();
      assertThat(System.getProperties().stringPropertyNames())
          .noneMatch(key -> key.contains(other.toString()));
    }
  }

  @Test
  void anAbandonedMemberIsProvenDead() throws IOException {
    try (SameHostWitness one = new SameHostWitness(directory, self)) {
      SameHostWitness two = new SameHostWitness(directory, other);
      two.abandon();
      assertThat(one.provenDead(other)).isTrue();
      two.close();
      assertThat(one.provenDead(other)).as("closed afterwards").isTrue();
    }
  }

  @Test
  void oldFilesOfTheDeadAreDeletedAtTheNextStart() throws IOException {
    Path old = Files.writeString(directory.resolve(other + ".lock"), "1\n");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path foreign = Files.writeString(directory.resolve("something.lock"), "1\n");
    Files.setLastModifiedTime(foreign, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    try (SameHostWitness witness = new SameHostWitness(directory, self)) {
      assertThat(old).doesNotExist();
      assertThat(foreign).exists();
      assertThat(witness.provenDead(other)).isFalse();
    }
  }

  @Test
  void aDirectoryThatCannotBeIsAnErrorThatNamesIt() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> new SameHostWitness(file, self))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(System.getProperties().stringPropertyNames())
        .noneMatch(key -> key.contains(self.toString()));
  }
}
