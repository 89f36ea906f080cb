package io.henge.replication.node.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of records after every kind of interrupted write, and after every kind of damage. */
class RecordReaderTest {

  private final Random random = new Random(11);
  private final List<byte[]> records = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private byte[] file;

  @BeforeEach
  void writeSevenRecordsAndForceAllButTheLastTwo(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("records");
    try (RecordFile out = new RecordFile(path)) {
      add(path, out::replace, 700);
      for (int i = 0; i < 4; i++) {
        add(path, out::append, 40 + 300 * i);
        out.force();
      }
      add(path, out::append, 1500);
      add(path, out::append, 900);
    }
    file = Files.readAllBytes(path);
  }

  private interface Step {
    void write(byte[] record) throws IOException;
  }

  private void add(Path path, Step step, int size) throws IOException {
    byte[] record = new byte[size];
    random.nextBytes(record);
    step.write(record);
    records.add(record);
    ends.add((int) Files.size(path));
  }

  private void assertReads(byte[] bytes, int count) throws IOException {
    List<byte[]> read = RecordReader.read(bytes).records();
    assertThat(read).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(read.get(i)).isEqualTo(records.get(i));
    }
  }

  private static void assertDamaged(byte[] bytes, String where) {
    assertThatThrownBy(() -> RecordReader.read(bytes))
        .as(where)
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    assertReads(file, 7);
    assertThat(RecordReader.read(file).tornBytes()).isZero();
  }

  @Test
  void aFileThatEndsAnywhereInTheUnforcedPartLosesOnlyThat() throws IOException {
    for (int length = ends.get(4); length <= file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      int whole = (int) ends.stream().filter(end -> end <= cut.length).count();
      assertReads(cut, whole);
      assertThat(RecordReader.read(cut).tornBytes()).isEqualTo(length - ends.get(whole - 1));
    }
  }

  @Test
  void sectorsThatWereNeverWrittenLoseOnlyTheUnforcedPart() throws IOException {
    int forced = ends.get(4);
    for (int sector = forced / 512 + 1; (sector + 1) * 512 <= file.length; sector++) {
      byte[] torn = file.clone();
      Arrays.fill(torn, sector * 512, (sector + 1) * 512, (byte) 0);
      int first = sector * 512;
      assertReads(torn, (int) ends.stream().filter(end -> end <= first).count());
    }
    byte[] none = file.clone();
    Arrays.fill(none, forced, none.length, (byte) 0);
    assertReads(none, 5);
  }

  @Test
  void everyFlippedBitBeforeARecordThatConfirmsItIsDamage() {
    // The sixth record was written when the first five were known to be on disk.
    for (int at = 0; at < ends.get(4); at++) {
      byte[] flipped = file.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertDamaged(flipped, "byte " + at);
    }
  }

  @Test
  void aCompleteLastRecordWithAFlippedBitIsDamageEvenIfNothingConfirmsIt() throws IOException {
    byte[] last = Arrays.copyOf(file, ends.get(4));
    int from = ends.get(3) + RecordFormat.RECORD_HEADER;
    for (int at = from; at < last.length; at++) {
      byte[] flipped = last.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertDamaged(flipped, "byte " + at);
    }
  }

  @Test
  void zerosInTheConfirmedPartAreDamage() {
    for (int sector = 1; (sector + 1) * 512 <= ends.get(4); sector++) {
      byte[] zeroed = file.clone();
      Arrays.fill(zeroed, sector * 512, (sector + 1) * 512, (byte) 0);
      assertDamaged(zeroed, "sector " + sector);
    }
  }

  @Test
  void aFileWithoutItsFirstRecordIsDamaged() {
    for (int length = 0; length < ends.get(0); length++) {
      if (length != RecordFormat.FILE_HEADER) {
        assertDamaged(Arrays.copyOf(file, length), "length " + length);
      }
    }
  }
}
