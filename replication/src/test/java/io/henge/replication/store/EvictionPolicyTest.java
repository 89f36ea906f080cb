package io.henge.replication.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** The policy against plain LRU on traces with a known shape. */
class EvictionPolicyTest {

  private static final int ROOM = 500;
  private static final int STEPS = 100_000;

  /** A cache with that policy, as a primary drives it; returns the share of hits. */
  private static double hits(IntSupplier trace) {
    PartitionStore store = new PartitionStore();
    long version = 0;
    int hits = 0;
    for (int step = 0; step < STEPS; step++) {
      EntryKey key = key(trace.getAsInt());
      if (store.read(key).present()) {
        hits++;
      } else {
        store.apply(key, new byte[0], ++version);
        if (store.size(1) > ROOM) {
          store.evict(store.victim(1, each -> false), ++version);
        }
      }
    }
    assertThat(store.size(1)).isLessThanOrEqualTo(ROOM);
    return (double) hits / STEPS;
  }

  private static double hitsOfLru(IntSupplier trace) {
    Map<Integer, Boolean> lru =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > ROOM;
          }
        };
    int hits = 0;
    for (int step = 0; step < STEPS; step++) {
      hits += lru.put(trace.getAsInt(), true) == null ? 0 : 1;
    }
    return (double) hits / STEPS;
  }

  private static EntryKey key(int number) {
    return new EntryKey(1, ByteBuffer.allocate(4).putInt(number).array());
  }

  private static IntSupplier zipf(int keys, double skew) {
    Random random = new Random(1);
    double[] sums = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1 / Math.pow(i + 1, skew);
      sums[i] = sum;
    }
    return () -> {
      int found = java.util.Arrays.binarySearch(sums, random.nextDouble() * sums[keys - 1]);
      return found < 0 ? -found - 1 : found;
    };
  }

  /** Popular keys, and now and then a scan over keys that never come again. */
  private static IntSupplier zipfWithScans() {
    IntSupplier popular = zipf(5_000, 0.9);
    int[] step = new int[1];
    return () -> ++step[0] % 5_000 < 2_000 ? 1_000_000 + step[0] : popular.getAsInt();
  }

  /** What is popular changes altogether now and then. */
  private static IntSupplier shifting() {
    IntSupplier popular = zipf(5_000, 0.9);
    int[] step = new int[1];
    return () -> popular.getAsInt() + ++step[0] / 20_000 * 10_000;
  }

  /** Every key is used for a short time and never again: what LRU is best at. */
  private static IntSupplier recent() {
    Random random = new Random(2);
    int[] step = new int[1];
    return () -> ++step[0] - (int) (-Math.log(1 - random.nextDouble()) * ROOM * 0.8);
  }

  /** Goes around in more keys than there is room for: what LRU is worst at. */
  private static IntSupplier loop() {
    int[] step = new int[1];
    return () -> step[0]++ % (ROOM * 3 / 2);
  }

  @Test
  void keepsWhatIsPopular() {
    double own = hits(zipf(5_000, 0.9));
    double lru = hitsOfLru(zipf(5_000, 0.9));
    assertThat(own).isGreaterThan(lru + 0.06);
  }

  @Test
  void aScanDoesNotDriveOutWhatIsPopular() {
    double own = hits(zipfWithScans());
    double lru = hitsOfLru(zipfWithScans());
    assertThat(own).isGreaterThan(lru + 0.04);
  }

  @Test
  void followsAChangeOfWhatIsPopular() {
    double own = hits(shifting());
    double lru = hitsOfLru(shifting());
    assertThat(own).isGreaterThan(lru + 0.01);
  }

  @Test
  void keysThatAreUsedForAShortTimeGetTheRoomTheyNeed() {
    assertThat(hits(recent())).isGreaterThan(hitsOfLru(recent()) - 0.01);
  }

  @Test
  void aLoopOverMoreThanThereIsRoomForKeepsSome() {
    assertThat(hits(loop())).isGreaterThan(0.5);
  }

  @Test
  void pinnedEntriesStay() {
    PartitionStore store = new PartitionStore();
    store.apply(key(1), new byte[0], 1);
    store.apply(key(2), new byte[0], 2);
    store.mark(key(1));
    assertThat(store.victim(1, each -> each.equals(key(2)))).isNull();
    assertThat(store.victim(1, each -> false)).isEqualTo(key(2));
  }

  @Test
  void bytesAndEvictionsAreCounted() {
    PartitionStore store = new PartitionStore();
    store.apply(key(1), new byte[10], 1);
    store.apply(key(1), new byte[20], 2);
    assertThat(store.usage(1)).isEqualTo(new CacheUsage(1, CacheUsage.OVERHEAD + 24, 0, 0));
    store.evict(key(1), 3);
    assertThat(store.usage(1)).isEqualTo(new CacheUsage(0, 0, 1, 0));
  }
}
