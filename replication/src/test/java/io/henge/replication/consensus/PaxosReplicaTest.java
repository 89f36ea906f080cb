package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.consensus.ConsensusMessage.Accept;
import io.henge.replication.consensus.ConsensusMessage.AcceptRefused;
import io.henge.replication.consensus.ConsensusMessage.Accepted;
import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.FetchLog;
import io.henge.replication.consensus.ConsensusMessage.ForwardCommand;
import io.henge.replication.consensus.ConsensusMessage.HandOver;
import io.henge.replication.consensus.ConsensusMessage.Heartbeat;
import io.henge.replication.consensus.ConsensusMessage.HeartbeatAck;
import io.henge.replication.consensus.ConsensusMessage.PreVoteReply;
import io.henge.replication.consensus.ConsensusMessage.PreVoteRequest;
import io.henge.replication.consensus.ConsensusMessage.Prepare;
import io.henge.replication.consensus.ConsensusMessage.PrepareRefused;
import io.henge.replication.consensus.ConsensusMessage.Promise;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One replica, message by message: what it answers, in which order, and what it refuses. */
class PaxosReplicaTest {

  private static final MemberId SELF = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);
  private static final Configuration THREE = new Configuration(List.of(SELF, B, C), List.of());
  private static final Ballot LOW = new Ballot(4, B);
  private static final Ballot HIGH = new Ballot(5, C);
  private static final List<byte[]> BATCH = List.of(new byte[] {1});

  private record Sent(MemberId to, ConsensusMessage message) {}

  private final List<Sent> sent = new ArrayList<>();
  private final List<String> effects = new ArrayList<>();
  private Runnable duringApply = () -> {};

  private final PaxosReplica replica = replica(THREE);

  @Test
  void aPromiseReportsWhatWasAcceptedForTheSlot() {
    replica.onMessage(B, new Accept(LOW, 1, BATCH), 0);
    replica.onConnectionLost(B, 1);
    replica.onMessage(C, new Prepare(HIGH, 1), 2);

    Promise promise = (Promise) last(C);
    assertThat(promise.ballot()).isEqualTo(HIGH);
    assertThat(promise.accepted().ballot()).isEqualTo(LOW);
    assertThat(promise.accepted().batch()).isEqualTo(BATCH);
    assertThat(replica.ballot()).isEqualTo(HIGH);
  }

  @Test
  void aPreparationWhileTheLeaderIsHeardIsRefusedAndLeavesNoTrace() {
    replica.onMessage(B, new Heartbeat(LOW, 0), 0);
    replica.onMessage(C, new PreVoteRequest(1, 1), 10);
    assertThat(((PreVoteReply) last(C)).granted()).isFalse();
    replica.onMessage(C, new Prepare(HIGH, 1), 11);

    assertThat(last(C)).isEqualTo(new PrepareRefused(HIGH, 1, LOW, 0));
    assertThat(replica.ballot()).isEqualTo(LOW);
    assertThat(replica.leader()).isEqualTo(B);
  }

  @Test
  void whoJustPromisedOneCandidateDoesNotEncourageAnother() {
    replica.onMessage(B, new Prepare(LOW, 1), 0);
    replica.onMessage(C, new PreVoteRequest(1, 1), 10);
    assertThat(((PreVoteReply) last(C)).granted()).isFalse();
    replica.onMessage(C, new PreVoteRequest(1, 1), 200);
    assertThat(((PreVoteReply) last(C)).granted()).isTrue();
  }

  @Test
  void aLatePreparationOfALeaderThatHandedOverDoesNotHoldUpItsSuccessor() {
    replica.onMessage(B, new Heartbeat(LOW, 0), 0);
    replica.onMessage(B, new HandOver(LOW, SELF), 1);
    replica.onMessage(B, new Prepare(LOW, 1), 2);

    replica.onMessage(C, new PreVoteReply(1, true, LOW, 0), 3);

    assertThat(last(C)).isInstanceOf(Prepare.class);
  }

  @Test
  void aLatePreparationOfALeaderThatHandedOverDoesNotHoldUpAnotherVoter() {
    replica.onMessage(B, new Heartbeat(LOW, 0), 0);
    replica.onMessage(B, new HandOver(LOW, C), 1);
    replica.onMessage(B, new Prepare(LOW, 1), 2);

    replica.onMessage(C, new PreVoteRequest(1, 1), 3);

    assertThat(((PreVoteReply) last(C)).granted()).isTrue();
  }

  @Test
  void anAcceptanceBelowThePromiseIsRefused() {
    replica.onMessage(C, new Prepare(HIGH, 1), 0);
    replica.onMessage(B, new Accept(LOW, 1, BATCH), 1);
    assertThat(last(B)).isEqualTo(new AcceptRefused(LOW, 1, HIGH, 0));
  }

  @Test
  void theObserverSeesAnAcceptanceBeforeItIsSent() {
    replica.onMessage(B, new Accept(LOW, 1, BATCH), 0);
    assertThat(effects).containsExactly("accepted 1", "send Accepted");
    assertThat(((Accepted) last(B)).attachment()).isEqualTo(new byte[] {42});
  }

  @Test
  void aRequestForALaterSlotIsAnsweredByFetchingOnly() {
    replica.onMessage(B, new Accept(LOW, 3, BATCH), 0);
    assertThat(sent).containsExactly(new Sent(B, new FetchLog(1)));
    assertThat(replica.ballot()).isEqualTo(Ballot.NONE);
  }

  @Test
  void aRequestForADecidedSlotIsRefusedWithTheSlotReached() {
    replica.onMessage(B, new Chosen(1, BATCH, new byte[0]), 0);
    replica.onMessage(C, new Prepare(HIGH, 1), 1);
    assertThat(last(C)).isEqualTo(new PrepareRefused(HIGH, 1, Ballot.NONE, 1));
    assertThat(replica.ballot()).isEqualTo(Ballot.NONE);
  }

  @Test
  void aBallotInTheMouthOfAnotherIsIgnored() {
    replica.onMessage(C, new Prepare(LOW, 1), 0);
    replica.onMessage(C, new Accept(LOW, 1, BATCH), 0);
    replica.onMessage(C, new Heartbeat(LOW, 0), 0);
    assertThat(sent).isEmpty();
    assertThat(replica.leader()).isNull();
  }

  @Test
  void theHeartbeatOfAnOutvotedLeaderIsAnsweredWithTheHigherBallot() {
    replica.onMessage(C, new Heartbeat(HIGH, 0), 0);
    replica.onMessage(B, new Heartbeat(LOW, 0), 1);
    assertThat(last(B)).isEqualTo(new HeartbeatAck(LOW, HIGH, 0));
    assertThat(replica.leader()).isEqualTo(C);
  }

  @Test
  void theNoteReachesTheStateMachineOfAFollower() {
    replica.onMessage(B, new Chosen(1, BATCH, new byte[] {9}), 0);
    assertThat(effects).containsExactly("applied 1 with note 9");
  }

  @Test
  void aCommandWaitsForALeaderAndIsForwardedOnce() {
    replica.propose(new byte[] {7}, 0);
    assertThat(sent).isEmpty();
    replica.onMessage(B, new Heartbeat(LOW, 0), 10);
    replica.onMessage(B, new Heartbeat(LOW, 0), 20);
    assertThat(sent.stream().filter(each -> each.message() instanceof ForwardCommand)).hasSize(1);
  }

  @Test
  void aForwardedCommandIsNotForwardedAgain() {
    replica.onMessage(B, new Heartbeat(LOW, 0), 0);
    sent.clear();
    replica.onMessage(C, new ForwardCommand(new byte[] {7}), 1);
    replica.onTick(2);
    assertThat(sent).isEmpty();
  }

  @Test
  void aSoleVoterDecidesEveryCommandInItsCall() {
    PaxosReplica sole = replica(new Configuration(List.of(SELF), List.of()));
    sole.propose(new byte[] {1}, 0);
    sole.propose(new byte[] {2}, 0);
    assertThat(sole.appliedSlot()).isEqualTo(2);
    assertThat(sent).isEmpty();
    assertThat(effects)
        .containsExactly(
            "leading 1.00000000",
            "accepted 1",
            "chosen 1 by 1",
            "applied 1 with note 8",
            "accepted 2",
            "chosen 2 by 1",
            "applied 2 with note 8");
  }

  @Test
  void aCommandLongerThanABatchIsRefused() {
    assertThatThrownBy(() -> replica.propose(new byte[101], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The command has 101 bytes; maxBatchBytes allows 100.");
    PaxosReplica sole = replica(new Configuration(List.of(SELF), List.of()));
    sole.onTick(0);
    sole.onMessage(B, new ForwardCommand(new byte[101]), 0);
    assertThat(sole.appliedSlot()).isEqualTo(1);
  }

  @Test
  void aCallFromItsOwnStateMachineIsRefusedAndEndsTheReplica() {
    duringApply = () -> replica.propose(new byte[] {1}, 0);
    assertThatThrownBy(() -> replica.onMessage(B, new Chosen(1, BATCH, new byte[0]), 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("called from its own output");
    assertThatThrownBy(() -> replica.onTick(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSlotDecidedTwiceEndsTheReplicaLoudly() {
    replica.onMessage(B, new Chosen(1, BATCH, new byte[0]), 0);
    replica.onMessage(B, new Chosen(1, BATCH, new byte[0]), 1);
    assertThatThrownBy(
            () -> replica.onMessage(C, new Chosen(1, List.of(new byte[] {2}), new byte[0]), 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Slot 1 was decided twice");
  }

  private ConsensusMessage last(MemberId to) {
    Sent last = sent.get(sent.size() - 1);
    assertThat(last.to()).isEqualTo(to);
    return last.message();
  }

  private PaxosReplica replica(Configuration configuration) {
    ConsensusSettings settings = new ConsensusSettings(300, 50, 50, 10, 100, 10, 10);
    return new PaxosReplica(
        SELF,
        settings,
        new ReplicatedStateMachine() {
          @Override
          public Configuration apply(long slot, List<byte[]> batch, byte[] note, long now) {
            effects.add("applied " + slot + " with note " + (note.length == 0 ? "" : note[0]));
            duringApply.run();
            return configuration;
          }

          @Override
          public byte[] snapshot() {
            return new byte[0];
          }

          @Override
          public Configuration install(long slot, byte[] snapshot, long now) {
            return configuration;
          }
        },
        new AcceptObserver() {
          @Override
          public byte[] accepted(long slot, List<byte[]> batch, long now) {
            effects.add("accepted " + slot);
            return new byte[] {42};
          }

          @Override
          public byte[] chosen(long slot, List<byte[]> batch, List<byte[]> attachments, long now) {
            effects.add("chosen " + slot + " by " + attachments.size());
            return new byte[] {8};
          }
        },
        new ConsensusOutput() {
          @Override
          public void send(MemberId to, ConsensusMessage message) {
            sent.add(new Sent(to, message));
            effects.add("send " + message.getClass().getSimpleName());
          }

          @Override
          public void leadership(boolean leading, Ballot ballot) {
            effects.add((leading ? "leading " : "no longer leading ") + ballot);
          }
        },
        new Patience(settings, 0),
        () -> 0,
        0,
        configuration,
        AcceptorState.NEW,
        0);
  }
}
