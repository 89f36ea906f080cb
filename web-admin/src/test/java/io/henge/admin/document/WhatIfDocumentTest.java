package io.henge.admin.document;

import static io.henge.admin.document.Views.members;
import static io.henge.admin.document.Views.partition;
import static io.henge.admin.document.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Phase;
import io.henge.admin.cluster.View;
import io.henge.admin.cluster.WhatIf;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfDocumentTest {

  private static final View VIEW =
      view(9, 2, members(3), partition(0, 2, 0, 1), partition(1, 2, 0, 2), partition(2, 2, 1, 0));
  private static final WhatIf OUTLOOK =
      new WhatIf(
          9,
          "crash",
          true,
          2,
          3,
          List.of(),
          List.of(0, 1),
          List.of(0, 1, 2),
          List.of(
              new WhatIf.Move("primary", 0, "m0", "m1"),
              new WhatIf.Move("primary", 1, "m0", "m2"),
              new WhatIf.Move("copy", 0, "m1", "m2")),
          100,
          5000,
          List.of("m1", "m2"),
          List.of(2, 1),
          "");

  private static Failover failover(double... ends) {
    List<Phase> phases =
        List.of(new Phase("promote", 0, ends[0], 1), new Phase("replicate", ends[0], ends[1], -1));
    return new Failover(
        3, "x", "x", "crash", "", "", Instant.EPOCH, true, 1, 1, 0, 0, -1, null, phases);
  }

  @Test
  void movesAreCountedByKindAndThePromotedAreNamedByPosition() {
    WhatIfDocument document = WhatIfDocument.of(OUTLOOK, VIEW, List.of());
    assertThat(document.stop()).containsExactly("m0");
    assertThat(document.promote()).isEqualTo(2);
    assertThat(document.promotions()).containsExactly(List.of(0, 1), List.of(1, 2));
    assertThat(document.rebuild()).isEqualTo(new WhatIfDocument.Rebuild(1, 100, 5000));
    assertThat(document.reduced()).isEqualTo(3);
    assertThat(document.loadAfter())
        .containsExactly(
            new WhatIfDocument.Load("m1", "m1", 2, 1), new WhatIfDocument.Load("m2", "m2", 1, 0));
  }

  @Test
  void thePauseIsTheLongestOfTheLastFailoversThatAreOver() {
    assertThat(WhatIfDocument.of(OUTLOOK, VIEW, List.of()).pause()).isNull();
    assertThat(WhatIfDocument.of(OUTLOOK, VIEW, List.of(failover(-1, -1))).pause()).isNull();
    assertThat(
            WhatIfDocument.of(
                    OUTLOOK, VIEW, List.of(failover(-1, -1), failover(40, -1), failover(500, 9000)))
                .pause())
        .isEqualTo(new WhatIfDocument.Pause(500, 2));
  }
}
