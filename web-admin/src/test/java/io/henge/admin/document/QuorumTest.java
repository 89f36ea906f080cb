package io.henge.admin.document;

import static io.henge.admin.document.Views.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumTest {

  private static Quorum quorum(boolean held, List<String> voters, Member... members) {
    return Quorum.of(
        new View(1, Instant.EPOCH, "", "", voters, 0, List.of(), List.of(members), List.of(), ""),
        held);
  }

  @Test
  void fiveVotersCanLoseTwo() {
    Quorum quorum =
        quorum(
            true,
            List.of("a", "b", "c", "d", "e"),
            member("a", "active"),
            member("b", "active"),
            member("c", "active"),
            member("d", "active"),
            member("e", "active"));
    assertThat(quorum).isEqualTo(new Quorum(true, 5, 5, 3, 2, "Quorum: 5 of 5 voters, can lose 2"));
  }

  @Test
  void votersThatAreGoneOrSuspendedStillCountAsVoters() {
    Quorum quorum =
        quorum(
            true,
            List.of("a", "b", "c", "d", "e"),
            member("a", "active"),
            member("b", "suspended"),
            member("c", "active"),
            member("d", "active"));
    assertThat(quorum.up()).isEqualTo(3);
    assertThat(quorum.canLose()).isZero();
    assertThat(quorum.sentence()).isEqualTo("Quorum: 3 of 5 voters, can lose none");
  }

  @Test
  void withoutALeaseNothingMayBeLostWhateverTheViewSays() {
    Quorum quorum = quorum(false, List.of("a", "b", "c"), member("a", "active"));
    assertThat(quorum.canLose()).isZero();
    assertThat(quorum.sentence()).contains("does not reach a majority of the 3 voters");
  }

  @Test
  void beforeTheNodeJoinedNoVoterIsKnown() {
    assertThat(quorum(false, List.of()).sentence()).isEqualTo("No voters known yet");
  }
}
