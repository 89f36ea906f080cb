package io.henge.replication.node.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskThreadTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final List<Long> stored = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  private RecordFile file() throws IOException {
    RecordFile file = new RecordFile(directory.resolve("voter.log"));
    file.replace(record("whole"));
    return file;
  }

  private static byte[] record(String text) {
    return text.getBytes(UTF_8);
  }

  private void awaitFailure() {
    Awaitility.await().atMost(PATIENCE).until(() -> !failures.isEmpty());
  }

  @Test
  void whatWasAwaitedIsConfirmedWhenItIsWritten() throws Exception {
    DiskThread disk = new DiskThread("disk", file(), stored::add, failures::add);
    disk.write(record("promise"), false);
    disk.await(1);
    Awaitility.await().atMost(PATIENCE).until(() -> stored.contains(1L));
    disk.close();

    byte[] bytes = Files.readAllBytes(directory.resolve("voter.log"));
    assertThat(RecordReader.read(bytes).records()).hasSize(2);
    assertThat(failures).isEmpty();
  }

  @Test
  void nothingIsConfirmedAfterTheFirstErrorAndTheErrorIsToldOnce() throws Exception {
    RecordFile file = file();
    DiskThread disk = new DiskThread("disk", file, stored::add, failures::add);
    file.close();

    for (long number = 1; number <= 3; number++) {
      disk.write(record("promise " + number), false);
      disk.await(number);
    }

    awaitFailure();
    disk.write(record("later"), false);
    disk.await(4);
    disk.close();
    assertThat(failures).hasSize(1);
    assertThat(stored).isEmpty();
  }

  @Test
  void aFileThatCannotBeReplacedEndsTheThreadAndTheOldOneStays() throws Exception {
    DiskThread disk = new DiskThread("disk", file(), stored::add, failures::add);
    byte[] before = Files.readAllBytes(directory.resolve("voter.log"));
    Files.createDirectory(directory.resolve("voter.log.new"));

    disk.write(record("a whole memory"), true);
    disk.await(1);

    awaitFailure();
    disk.close();
    assertThat(stored).isEmpty();
    assertThat(directory.resolve("voter.log")).hasBinaryContent(before);
  }
}
