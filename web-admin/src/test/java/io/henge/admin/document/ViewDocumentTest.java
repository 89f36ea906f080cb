package io.henge.admin.document;

import static io.henge.admin.document.Views.members;
import static io.henge.admin.document.Views.partition;
import static io.henge.admin.document.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.View;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewDocumentTest {

  private static ViewDocument document(View view) {
    return ViewDocument.of("cluster", view);
  }

  @Test
  void aPartitionIsItsCopiesItsEpochAndTwoBitsForEachCopy() {
    View view = view(9, 3, members(3), partition(0, 2, 2, 0, 1), partition(1, 1, 1));
    assertThat(document(view).parts())
        .containsExactly(List.of(2, 0, 1, 7L, 0b01_00_00L), List.of(1, -1, -1, 7L, 0b10_10_00L));
  }

  @Test
  void aMemberThatIsGoneIsNoCopy() {
    View view = view(9, 2, members(2), partition(0, 1, 1, -1));
    assertThat(document(view).parts()).containsExactly(List.of(1, -1, 7L, 0b10_00L));
  }

  @Test
  void bitsBeyondABrowsersNumbersAreAString() {
    Integer[] all = IntStream.range(0, 30).boxed().toArray(Integer[]::new);
    View view = view(9, Integer.MAX_VALUE, members(30), partition(0, 29, all));
    List<Object> row = document(view).parts().get(0);
    assertThat(row).hasSize(32);
    assertThat(row.get(31)).isEqualTo(java.math.BigInteger.ONE.shiftLeft(58).toString());
  }

  @Test
  void aChangeHoldsOnlyThePartitionsThatDiffer() {
    ViewDocument old = document(view(9, 2, members(2), partition(0, 2, 0, 1), partition(1, 1, 1)));
    ViewDocument now =
        document(view(11, 2, members(2), partition(0, 2, 0, 1), partition(1, 2, 1, 0)));
    ViewChange change = ViewChange.between(old, now);
    assertThat(change.from()).isEqualTo(9);
    assertThat(change.slot()).isEqualTo(11);
    assertThat(change.parts()).containsExactly(List.of(1, 1, 0, 7L, 0L));
  }

  @Test
  void whatPositionsMeanMustNotChangeWithinAChange() {
    ViewDocument old = document(view(9, 1, members(2), partition(0, 1, 0)));
    assertThat(ViewChange.between(old, document(view(8, 1, members(2), partition(0, 1, 0)))))
        .isNull();
    assertThat(ViewChange.between(old, document(view(10, 1, members(3), partition(0, 1, 0)))))
        .isNull();
    assertThat(ViewChange.between(old, document(view(10, 2, members(2), partition(0, 1, 0)))))
        .isNull();
    assertThat(ViewChange.between(old, document(view(10, 1, members(2))))).isNull();
    ViewDocument other = ViewDocument.of("other", view(10, 1, members(2), partition(0, 1, 0)));
    assertThat(ViewChange.between(old, other)).isNull();
  }

  @Test
  void theTagFollowsTheSlotAndTheCluster() {
    View view = view(9, 1, members(1), partition(0, 1, 0));
    assertThat(document(view).tag()).startsWith("slot-9-").isEqualTo(document(view).tag());
    assertThat(ViewDocument.of("other", view).tag()).isNotEqualTo(document(view).tag());
  }
}
