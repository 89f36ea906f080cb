package io.henge.replication.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.EvictionPlanner.Order;
import io.henge.replication.store.CacheUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvictionPlannerTest {

  private static final long NONE = Long.MAX_VALUE;

  private static CacheUsage usage(long entries) {
    return new CacheUsage(entries, 100 * entries, 0, 0);
  }

  @Test
  void theFullestGiveFirstDownToOneLevel() {
    List<CacheUsage> usages = new ArrayList<>(List.of(usage(10), usage(2), usage(8)));
    usages.add(1, null); // led by another member
    assertThat(EvictionPlanner.plan(usages, 100, new MemoryBound(14, NONE)))
        .containsExactly(new Order(100, 4, 0), new Order(103, 2, 0));
  }

  @Test
  void aBoundThatIsKeptAsksNothingOfAnybody() {
    assertThat(EvictionPlanner.plan(List.of(usage(3), usage(4)), 0, new MemoryBound(7, 700)))
        .isEmpty();
    assertThat(EvictionPlanner.plan(List.of(), 0, new MemoryBound(1, 1))).isEmpty();
  }

  @Test
  void bytesAreABoundOfTheirOwn() {
    assertThat(EvictionPlanner.plan(List.of(usage(3), usage(4)), 0, new MemoryBound(NONE, 500)))
        .containsExactly(new Order(1, 0, 150), new Order(0, 0, 50));
  }

  @Test
  void whatIsLeftIsTheBoundAndAsEvenAsCanBe() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      List<CacheUsage> usages = new ArrayList<>();
      long total = 0;
      for (int i = random.nextInt(8) + 1; i > 0; i--) {
        usages.add(usage(random.nextInt(30)));
        total += usages.get(usages.size() - 1).entries();
      }
      long bound = random.nextInt(100);
      long[] left = usages.stream().mapToLong(CacheUsage::entries).toArray();
      long highestThatGave = NONE;
      for (Order order : EvictionPlanner.plan(usages, 0, new MemoryBound(bound, NONE))) {
        left[order.partition()] -= order.entries();
        long now = left[order.partition()];
        highestThatGave = highestThatGave == NONE ? now : Math.max(highestThatGave, now);
      }
      long sum = 0;
      for (long each : left) {
        sum += each;
        assertThat(each).isNotNegative();
        if (highestThatGave < NONE) {
          assertThat(each).isLessThanOrEqualTo(highestThatGave + 1);
        }
      }
      assertThat(sum).isEqualTo(Math.min(total, bound));
    }
  }
}
