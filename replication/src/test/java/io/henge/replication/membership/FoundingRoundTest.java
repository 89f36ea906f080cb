package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.membership.ControlMessage.Genesis;
import io.henge.replication.membership.ControlMessage.GenesisAccepted;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a founder may start with, whatever arrives late. */
class FoundingRoundTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId B_AGAIN = new MemberId(0, 3);

  private final List<ControlMessage> sent = new ArrayList<>();
  private final FoundingRound round = round();

  /** Seed 252581: the proposal of an incarnation that had died came after that of its successor. */
  @Test
  void theLateProposalOfADeadIncarnationStartsNoSecondCluster() {
    Ballot early = new Ballot(1, B);
    Ballot late = new Ballot(2, B_AGAIN);
    round.onGenesis(B_AGAIN, new Genesis(late, States.founded(A, B_AGAIN)));

    round.onGenesis(B, new Genesis(early, States.founded(A, B)));

    assertThat(round.onAccepted(A, new GenesisAccepted(early))).isNull();
    assertThat(round.onAccepted(B, new GenesisAccepted(early))).isNull();
    assertThat(sent).last().isEqualTo(new GenesisAccepted(late));
  }

  @Test
  void aFounderTurnsToAHigherBallotAndStartsWhatAllAcceptedThere() {
    round.onGenesis(B, new Genesis(new Ballot(1, B), States.founded(A, B)));
    round.onAccepted(B, new GenesisAccepted(new Ballot(1, B)));
    Ballot higher = new Ballot(2, B_AGAIN);
    ClusterState state = States.founded(A, B_AGAIN);

    round.onGenesis(B_AGAIN, new Genesis(higher, state));

    assertThat(round.onAccepted(A, new GenesisAccepted(new Ballot(1, B)))).isNull();
    assertThat(round.onAccepted(A, new GenesisAccepted(higher))).isNull();
    assertThat(round.onAccepted(B_AGAIN, new GenesisAccepted(higher))).isEqualTo(state);
  }

  private FoundingRound round() {
    Member self = States.member(A);
    ControlSettings settings =
        new ControlSettings(
            States.founded(A).clusterName(),
            NodeBootstrap.VOTERS,
            List.of("10.0.0.1[7800]", "10.0.0.2[7800]"),
            0,
            0,
            States.TIMINGS,
            4,
            1,
            MoveLimits.standard());
    return new FoundingRound(
        settings,
        self,
        new FoundingHosts(Set.of("10.0.0.1[7800]", "10.0.0.2[7800]")),
        outbox(),
        () -> 7);
  }

  private Outbox outbox() {
    return new Outbox(A, new SentMessages());
  }

  private final class SentMessages implements ControlOutput {

    @Override
    public void send(MemberId to, ControlMessage message) {
      sent.add(message);
    }

    @Override
    public void stateApplied(
        ClusterState before,
        ClusterState after,
        List<Command> commands,
        long creditNanos,
        long now) {}

    @Override
    public void leaseExtended(long end) {}

    @Override
    public void seekDeathProof(Member suspect) {}

    @Override
    public void learnAddress(MemberId member, String host, int port) {}

    @Override
    public void release(int partition, long epoch, MemberId replica, long now) {}

    @Override
    public void event(ControlEvent event) {}

    @Override
    public void expelled(String why) {}
  }
}
