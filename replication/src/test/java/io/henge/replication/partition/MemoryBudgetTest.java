package io.henge.replication.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.MemoryBudget.Holding;
import io.henge.replication.partition.MemoryBudget.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static final long BUDGET = 1_000;

  @Test
  void whileThereIsRoomEveryCacheMayTakeAllOfIt() {
    assertThat(divide(new Holding(1, 100, 2), new Holding(2, 0, 1)))
        .containsExactly(new Part(1, 500), new Part(2, 800));
  }

  @Test
  void whereThereIsNoneTheLargestGivesWayAndTheSmallestMayGrow() {
    assertThat(divide(new Holding(1, 900, 1), new Holding(2, 300, 1), new Holding(3, 0, 1)))
        .containsExactly(new Part(1, 700), new Part(2, 700), new Part(3, 700));
    assertThat(divide(new Holding(1, 990, 1), new Holding(2, 10, 1)))
        .containsExactly(new Part(1, 990), new Part(2, 990));
  }

  @Test
  void aCacheWithMoreCopiesTakesItsRoomWithAllOfThem() {
    assertThat(divide(new Holding(1, 600, 3), new Holding(2, 600, 1)))
        .containsExactly(new Part(1, 166), new Part(2, 500));
  }

  @Test
  void inTheEndTheBudgetIsKeptWhateverCachesWant() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      List<Holding> holdings = new ArrayList<>();
      for (int cache = random.nextInt(6); cache >= 0; cache--) {
        holdings.add(new Holding(cache, random.nextInt(900), 1 + random.nextInt(3)));
      }
      long total = holdings.stream().mapToLong(each -> each.bytes() * each.copies()).sum();
      long kept = 0;
      for (Part part : MemoryBudget.divide(holdings, BUDGET)) {
        Holding holding =
            holdings.stream().filter(each -> each.cache() == part.cache()).findAny().orElseThrow();
        kept += Math.min(part.bytes(), holding.bytes()) * holding.copies();
      }
      assertThat(kept).isLessThanOrEqualTo(BUDGET);
      if (total <= BUDGET) {
        assertThat(kept).as("nothing has to go").isEqualTo(total);
      } else {
        assertThat(kept).as("no more than has to").isGreaterThan(BUDGET - 4L * holdings.size());
      }
    }
  }

  private static List<Part> divide(Holding... holdings) {
    return MemoryBudget.divide(List.of(holdings), BUDGET);
  }
}
