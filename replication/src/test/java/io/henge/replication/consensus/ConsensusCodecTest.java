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
import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.ConsensusMessage.LogSegment;
import io.henge.replication.consensus.ConsensusMessage.PreVoteReply;
import io.henge.replication.consensus.ConsensusMessage.PreVoteRequest;
import io.henge.replication.consensus.ConsensusMessage.Prepare;
import io.henge.replication.consensus.ConsensusMessage.PrepareRefused;
import io.henge.replication.consensus.ConsensusMessage.Promise;
import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsensusCodecTest {

  private static final Ballot LOW = new Ballot(3, new MemberId(-1, 7));
  private static final Ballot HIGH = new Ballot(1L << 40, new MemberId(5, Long.MIN_VALUE));
  private static final List<byte[]> BATCH = List.of(new byte[] {1, 2, 3}, new byte[0]);

  static Stream<ConsensusMessage> messages() {
    return Stream.of(
        new PreVoteRequest(9, 300),
        new PreVoteReply(9, true, LOW, 299),
        new PreVoteReply(10, false, HIGH, 0),
        new Prepare(HIGH, 17),
        new Promise(HIGH, 17, null),
        new Promise(HIGH, 17, new Proposal(17, LOW, BATCH)),
        new Promise(HIGH, 17, new Proposal(17, LOW, List.of())),
        new PrepareRefused(LOW, 17, HIGH, Long.MAX_VALUE),
        new Accept(LOW, 1, BATCH),
        new Accept(LOW, 1, List.of()),
        new Accepted(LOW, 1, new byte[] {4}),
        new Accepted(LOW, 1, new byte[0]),
        new AcceptRefused(LOW, 1, HIGH, 3),
        new Chosen(5, BATCH, new byte[] {6}),
        new Heartbeat(LOW, 12),
        new HeartbeatAck(LOW, Ballot.NONE, 11),
        new FetchLog(1),
        new LogSegment(4, List.of(BATCH, List.of(), BATCH), 90),
        new LogSegment(4, List.of(), 3),
        new InstallSnapshot(77, new byte[200]),
        new ForwardCommand(new byte[] {1}),
        new HandOver(HIGH, new MemberId(6, 7)));
  }

  @Test
  void everyKindOfMessageIsAmongTheExamples() {
    assertThat(messages().map(Object::getClass).distinct())
        .hasSameSizeAs(ConsensusMessage.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatWasWrittenIsRead(ConsensusMessage message) {
    WireReader in = new WireReader(encode(message));
    ConsensusMessage read = ConsensusCodec.read(in);
    in.expectEnd();
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
    assertThat(encode(read)).isEqualTo(encode(message));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyTruncationIsRefused(ConsensusMessage message) {
    byte[] whole = encode(message);
    for (int length = 0; length < whole.length; length++) {
      WireReader in = new WireReader(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ConsensusCodec.read(in))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(MalformedFrameException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void damagedBytesAreReadOrRefusedButNothingElse(ConsensusMessage message) {
    byte[] whole = encode(message);
    Random random = new Random(whole.length);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt();
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt();
      readOrRefuse(damaged);
    }
  }

  @Test
  void randomBytesAreReadOrRefusedButNothingElse() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      readOrRefuse(bytes);
    }
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> ConsensusCodec.read(new WireReader(new byte[] {99, 0, 0})))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("99");
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      encode(ConsensusCodec.read(new WireReader(bytes)));
    } catch (MalformedFrameException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  private static byte[] encode(ConsensusMessage message) {
    WireWriter out = new WireWriter(64);
    ConsensusCodec.write(out, message);
    return out.toByteArray();
  }
}
