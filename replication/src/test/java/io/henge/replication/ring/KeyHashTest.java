package io.henge.replication.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hash is a part of the protocol: its values never change. */
class KeyHashTest {

  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  @Test
  void theValuesAreThoseOfTheSpecification() {
    assertThat(hash("")).isEqualTo(0xEF46DB3751D8E999L);
    assertThat(hash("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
    assertThat(hash("abc")).isEqualTo(0x44BC2CF5AD770999L);
    assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xFBCEA83C8A378BF1L);
  }

  @Test
  void everyLengthIsHashedToItsLastByte() {
    for (int length = 1; length <= 100; length++) {
      byte[] key = new byte[length];
      new Random(length).nextBytes(key);
      long before = KeyHash.hash(key);
      for (int at = 0; at < length; at++) {
        key[at] ^= 0x40;
        assertThat(KeyHash.hash(key)).isNotEqualTo(before);
        key[at] ^= 0x40;
      }
    }
  }

  @Test
  void aFlippedBitChangesAboutHalfOfTheHash() {
    Random random = new Random(7);
    long flipped = 0;
    int trials = 20_000;
    for (int trial = 0; trial < trials; trial++) {
      byte[] key = new byte[1 + random.nextInt(40)];
      random.nextBytes(key);
      long before = KeyHash.hash(key);
      key[random.nextInt(key.length)] ^= (byte) (1 << random.nextInt(8));
      flipped += Long.bitCount(before ^ KeyHash.hash(key));
    }
    assertThat((double) flipped / trials).isBetween(31.8, 32.2);
  }

  @Test
  void consecutiveNumbersAreSpreadEvenlyOverThePartitions() {
    for (int partitions : new int[] {1, 3, 256, 271, 1024}) {
      int perPartition = 1_000;
      int[] counts = new int[partitions];
      for (int key = 0; key < partitions * perPartition; key++) {
        counts[KeyHash.partition(ByteBuffer.allocate(4).putInt(key).array(), partitions)]++;
      }
      double chiSquare = 0;
      for (int count : counts) {
        chiSquare += Math.pow(count - perPartition, 2) / perPartition;
      }
      // Mean and deviation of the chi-square distribution: its degrees of freedom, and the square
      // root of twice as many.
      double freedom = partitions - 1;
      assertThat(Math.abs(chiSquare - freedom)).isLessThanOrEqualTo(4 * Math.sqrt(2 * freedom));
    }
  }

  @Test
  void aPartitionIsTheArcThatThePointLiesOn() {
    Random random = new Random(11);
    for (int trial = 0; trial < 20_000; trial++) {
      int partitions = 1 + random.nextInt(random.nextBoolean() ? 16 : 1 << 20);
      long point = random.nextInt(20) == 0 ? random.nextInt(3) - 1 : random.nextLong();
      BigInteger exact =
          new BigInteger(Long.toUnsignedString(point))
              .multiply(BigInteger.valueOf(partitions))
              .divide(TWO_TO_64);
      assertThat(KeyHash.arcOf(point, partitions)).isEqualTo(exact.intValueExact());
    }
  }

  @Test
  void anArcStartsAtThePointOfItsPartition() {
    for (int partitions : new int[] {1, 2, 3, 7, 256, 271, 1024, 1_000_003, 1 << 20}) {
      for (int partition : new int[] {0, 1, partitions / 3, partitions - 1}) {
        if (partition < partitions) {
          long point = HashRing.pointOf(partition, partitions);
          assertThat(KeyHash.arcOf(point, partitions)).isEqualTo(partition);
          if (partition > 0) {
            assertThat(KeyHash.arcOf(point - 1, partitions)).isEqualTo(partition - 1);
          }
        }
      }
    }
  }

  @Test
  void withoutPartitionsThereIsNoAnswer() {
    assertThatThrownBy(() -> KeyHash.partition(new byte[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  private static long hash(String text) {
    return KeyHash.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
