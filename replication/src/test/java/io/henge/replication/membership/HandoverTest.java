package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {

  private final MemberId goes = new MemberId(0, 1);
  private final MemberId stays = new MemberId(0, 2);

  private Handover of(Member other) {
    ClusterState founded =
        ClusterState.founded(
            new MemberId(9, 9),
            "test",
            States.TIMINGS,
            2,
            List.of(States.member(goes), other),
            NodeBootstrap.SINGLE,
            1234);
    return Handover.of(founded, goes);
  }

  @Test
  void itsSeatWaitsForAMemberThatCanVote() {
    assertThat(of(States.member(stays)).complete()).isFalse();
  }

  /** Seed 173777: with it a member whose disk had failed was waited for without end. */
  @Test
  void nobodyWaitsForAMemberThatCannotVote() {
    Member unable = States.member(stays).votingAs(VoterIdentity.unable(stays));
    assertThat(of(unable).successors()).isFalse();
    assertThat(of(unable).complete()).isTrue();
  }
}
