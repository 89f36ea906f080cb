package io.henge.admin.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnansweredTest {

  private static final String LATE =
      "cut of member 1a2b: no majority of the voters agreed within 10000 ms; it may still happen";

  @Test
  void aMemberThatDoesNotAnswerIsNotTakenForAMissingMajority() {
    assertThat(Unanswered.explained(DrillKind.CUT, "node-b", LATE, true))
        .startsWith("node-b did not answer")
        .contains("an older version of Henge that knows no such drill")
        .endsWith(LATE);
  }

  @Test
  void whatTheNodeSaysOfTheVotersStandsWhereItIsTrueOrMayBe() {
    assertThat(Unanswered.explained(DrillKind.CUT, "node-b", LATE, false)).isEqualTo(LATE);
    assertThat(Unanswered.explained(DrillKind.DRAIN, "node-b", LATE, true)).isEqualTo(LATE);
    String refusal = "cut of member 1a2b: its henge.drills.cut is not set";
    assertThat(Unanswered.explained(DrillKind.CUT, "node-b", refusal, true)).isEqualTo(refusal);
  }
}
