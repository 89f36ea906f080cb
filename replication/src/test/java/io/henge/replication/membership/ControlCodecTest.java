package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ControlCodecTest {

  private static final MemberId A = new MemberId(-1, 1);
  private static final MemberId B = new MemberId(2, -2);

  @Test
  void everyMessageIsReadAsItWasWritten() {
    for (ControlMessage message : messages()) {
      assertThat(read(bytes(message))).isEqualTo(message);
    }
  }

  @Test
  void everyKindOfMessageIsAmongThoseTested() {
    assertThat(messages().stream().map(Object::getClass).distinct().count())
        .isEqualTo(ControlMessage.class.getPermittedSubclasses().length - 1L);
  }

  @Test
  void everyCommandIsReadAsItWasWritten() {
    for (Command command : commands()) {
      assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
    }
    assertThat(commands().stream().map(Object::getClass).distinct().count())
        .isEqualTo(Command.class.getPermittedSubclasses().length);
  }

  @Test
  void truncatedMessagesAreRefused() {
    for (ControlMessage message : messages()) {
      byte[] bytes = bytes(message);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedFrameException.class);
      }
    }
  }

  @Test
  void damagedMessagesAreReadAsSomethingElseOrRefused() {
    Random random = new Random(7);
    for (ControlMessage message : messages()) {
      for (int i = 0; i < 500; i++) {
        byte[] bytes = bytes(message);
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        try {
          assertThat(read(bytes)).isNotNull();
        } catch (MalformedFrameException refused) {
          assertThat(refused).hasMessageMatching("(?s).+");
        }
      }
    }
  }

  @Test
  void anUnknownTagIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {0})).isInstanceOf(MalformedFrameException.class);
    assertThatThrownBy(() -> CommandCodec.decode(new byte[] {77}))
        .isInstanceOf(MalformedFrameException.class);
    assertThatThrownBy(() -> ClusterStateCodec.decode(new byte[] {77}))
        .isInstanceOf(MalformedFrameException.class);
  }

  private static final Ballot BALLOT = new Ballot(3, A);

  /** One of each kind but {@link ControlMessage.Consensus}, which its own room tests. */
  private static List<ControlMessage> messages() {
    ClusterState state = state();
    ClusterIdentity identity = ClusterIdentity.of(state);
    Member member = States.member(A);
    return List.of(
        new ControlMessage.Hello("test", 1, member, NodeBootstrap.AUTO, 77, null, null, false),
        new ControlMessage.Hello("tëst", 1, member, NodeBootstrap.VOTERS, 77, identity, null, true),
        new ControlMessage.Hello("test", 1, member, NodeBootstrap.AUTO, 77, null, identity, false),
        new ControlMessage.FoundingPrepare(BALLOT, List.of("a[1]", "b[2]")),
        new ControlMessage.FoundingPromise(BALLOT, BALLOT, Ballot.NONE, null),
        new ControlMessage.FoundingPromise(BALLOT, BALLOT, BALLOT, state),
        new ControlMessage.FoundingAccept(BALLOT, List.of("a[1]"), state),
        new ControlMessage.FoundingAccepted(BALLOT),
        new ControlMessage.Genesis(BALLOT, state),
        new ControlMessage.GenesisAccepted(BALLOT),
        new ControlMessage.JoinRequest(A, member),
        new ControlMessage.Welcome(state),
        new ControlMessage.NotMember(A, 5),
        new ControlMessage.Rival(A, identity),
        new ControlMessage.Renew(A, 300, -5, 4),
        new ControlMessage.RenewGranted(A, B, 4),
        new ControlMessage.RenewRefused(A, 4, 5),
        new ControlMessage.RenewDiverged(A, B, 4, 5, -6),
        new ControlMessage.Confirm(A, 5),
        new ControlMessage.Propose(A, new Command.Drain(B)),
        new ControlMessage.Release(A, 300, 5, B),
        new ControlMessage.Propose(A, new Command.Undrain(B)),
        new ControlMessage.Suspected(A, B, "reset"),
        new ControlMessage.ProvenDead(A, B, "lock"),
        new ControlMessage.Probe(5, A),
        new ControlMessage.ProbeThrough(5, A),
        new ControlMessage.ProbeAnswer(5, A, B),
        new ControlMessage.StepDown(A, BALLOT),
        new ControlMessage.HoldRenewals(A, 2_000_000_000L),
        new ControlMessage.FoundAgain(A, B),
        new ControlMessage.StandsStill(A, state, null),
        new ControlMessage.StandsStill(A, state, new Proposal(7, BALLOT, List.of())),
        new ControlMessage.DoesNotStandStill(A, "leaves"),
        new ControlMessage.GoOn(A),
        new ControlMessage.FoundedAgain(state),
        new ControlMessage.HasEntered(A),
        new ControlMessage.Leave(A));
  }

  private static List<Command> commands() {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("mode", "sync");
    attributes.put("ütf", "");
    return List.of(
        new Command.AddMember(States.member(A)),
        new Command.ActivateMember(A),
        new Command.Suspend(A, States.reason(false)),
        new Command.Resume(A),
        new Command.RemoveMember(A, States.reason(true)),
        new Command.Drain(A),
        new Command.Undrain(A),
        new Command.SetWeight(A, 2.5),
        new Command.PauseRebalancing(true),
        new Command.AddVoter(A),
        new Command.RemoveVoter(A),
        new Command.AddLearner(300, A),
        new Command.DropLearner(300, A),
        new Command.PromoteLearner(300, 5, A),
        new Command.ShrinkInSync(300, 5, A, true),
        new Command.TransferPrimary(300, 5, A),
        new Command.ClearRevoked(A, 1L << 40),
        new Command.ResetPartition(300, 5, List.of(A, B)),
        new Command.CreateGroup(PartitionGroup.ALL, List.of(List.of(A, B), List.of())),
        new Command.CreateGroup(2, ReplicationMode.Async.DEFAULT, List.of(List.of(A, B))),
        new Command.CreateCache("books", 2, attributes),
        new Command.CreateCache("news", 2, ReplicationMode.Async.DEFAULT, attributes),
        new Command.NoteLoss(300, 5, 1L << 33),
        new Command.DestroyCache(3));
  }

  /** A state in which every field is used. */
  private static ClusterState state() {
    ClusterStateMachine machine = new ClusterStateMachine();
    MemberId c = new MemberId(3, 3);
    ClusterState state = States.founded(A, B, c);
    List<Command> commands = new ArrayList<>();
    commands.add(new Command.CreateGroup(2, List.of(List.of(A, B), List.of(B, c))));
    commands.add(new Command.CreateCache("books", 2, new TreeMap<>()));
    ReplicationMode async = new ReplicationMode.Async(5, 6, 7_000_000);
    commands.add(new Command.CreateGroup(2, async, List.of(List.of(A, B), List.of(B, c))));
    commands.add(new Command.NoteLoss(3, 3, 17));
    commands.add(new Command.RemoveMember(c, States.reason(false)));
    commands.add(new Command.Suspend(A, States.reason(false)));
    commands.add(new Command.SetWeight(B, 2.5));
    commands.add(new Command.PauseRebalancing(true));
    for (Command command : commands) {
      state = machine.apply(state, state.slot() + 1, List.of(CommandCodec.encode(command))).state();
    }
    return state;
  }

  private static byte[] bytes(ControlMessage message) {
    WireWriter writer = new WireWriter(16);
    ControlCodec.write(writer, message);
    return writer.toByteArray();
  }

  private static ControlMessage read(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    ControlMessage message = ControlCodec.read(reader);
    reader.expectEnd();
    return message;
  }
}
