package io.henge.replication.node.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.membership.MemoryCodec;
import io.henge.replication.membership.MemoryRecord;
import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final MemberId FIRST = new MemberId(1, 1);
  private static final MemberId SECOND = new MemberId(2, 2);

  @TempDir private Path path;

  @Test
  void theNextIncarnationVotesUnderTheFirstOnesIdAndKnowsItsPromises() throws IOException {
    Ballot ballot = new Ballot(7, SECOND);
    AtomicLong stored = new AtomicLong();
    try (DataDirectory directory = DataDirectory.open(path, "a")) {
      DurableMemory first = directory.begin(FIRST);
      first.begin(stored::set, why -> {});
      first.store(MemoryCodec.encode(new MemoryRecord.Promised(ballot)), false);
      first.awaitStored(3);
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> stored.get() == 3);
      first.close();
    }
    try (DataDirectory directory = DataDirectory.open(path, "a")) {
      DurableMemory second = directory.begin(SECOND);
      assertThat(second.identity().id()).isEqualTo(FIRST);
      assertThat(second.identity().start()).isEqualTo(2);
      assertThat(second.memory().acceptor().promised()).isEqualTo(ballot);
      second.close();
    }
  }

  @Test
  void aDirectoryHasOneHolderAtATime() throws IOException {
    try (DataDirectory held = DataDirectory.open(path, "a")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DataDirectory.open(path, "b"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is held by another member");
    }
    DataDirectory.open(path, "b").close();
  }

  @Test
  void aDamagedFileIsLeftAloneAndItsHolderDoesNotVote() throws IOException {
    try (DataDirectory directory = DataDirectory.open(path, "a")) {
      directory.begin(FIRST).close();
    }
    Path file = path.resolve("voter.log");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    try (DataDirectory directory = DataDirectory.open(path, "a")) {
      DurableMemory memory = directory.begin(SECOND);
      assertThat(memory.identity().able()).isFalse();
      assertThat(memory.identity().id()).isEqualTo(SECOND);
      assertThat(memory.memory()).isNull();
      memory.close();
      assertThat(directory.begin(FIRST).identity().able()).isFalse();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void aCondemnedMemoryIsNotUsedByTheNextIncarnation() throws IOException {
    try (DataDirectory directory = DataDirectory.open(path, "a")) {
      directory.begin(FIRST).close();
      directory.condemn("it went astray");
      assertThat(directory.begin(SECOND).identity().able()).isFalse();
    }
  }
}
