package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.D;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.ClientResult.Kind;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.routing.MemberLoads;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.routing.ReadRouter;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The caller's side of reads that may go to any copy. */
class ReadAttemptsTest {

  private static final long TIMEOUT = 2_000 * MILLISECOND;
  private static final ClientSettings SETTINGS = ClientSettings.withTimeout(TIMEOUT);

  private final List<MemberId> sent = new ArrayList<>();
  private final MemberLoads loads = new MemberLoads();
  private List<MemberId> copies = List.of(A, B, C);
  private Request last;
  private ClientResult result;
  private long now = 5;

  private final ClientSession session =
      new ClientSession(CALLER, SETTINGS, new Routes(), new Output());

  private ReadRouter router(ReadPolicy policy) {
    return new ReadRouter(CALLER, policy, 1, loads, () -> 0.0);
  }

  private void read(ReadPolicy policy, MemberId first) {
    ReadAttempts attempts = new ReadAttempts(router(policy), first);
    session.begin(0, key("key"), new Operation.Get(), attempts, null, now);
  }

  private void answer(int attempt, AnswerStatus status) {
    session.onAnswer(new Answer(0, last.id(), attempt, status, bytes("value"), 1), now);
  }

  private void pass(long time) {
    for (long end = now + time; now < end; ) {
      now += MILLISECOND;
      session.onTick(now);
    }
  }

  @Test
  void aSilentCopyIsNotWaitedForLong() {
    read(ReadPolicy.RANDOM, B);
    assertThat(sent).containsExactly(B);
    pass(3 * MILLISECOND);
    assertThat(sent).containsExactly(B);
    pass(3 * MILLISECOND);
    assertThat(sent).containsExactly(B, A);
    pass(10 * MILLISECOND);
    assertThat(sent).containsExactly(B, A, C);
    answer(2, AnswerStatus.DONE);
    assertThat(result.kind()).isEqualTo(Kind.DONE);
    assertThat(loads.expected(B, now)).as("B counts as slow").isGreaterThan(4 * MILLISECOND);
  }

  @Test
  void aCopyThatIsUsuallySlowGetsMoreTime() {
    loads.asked(B);
    loads.answered(B, 4 * MILLISECOND, now);
    read(ReadPolicy.RANDOM, B);
    pass(28 * MILLISECOND);
    assertThat(sent).containsExactly(B);
    pass(8 * MILLISECOND);
    assertThat(sent).containsExactly(B, A);
  }

  @Test
  void aRefusalLeadsToAnotherCopyAtOnce() {
    read(ReadPolicy.ROUND_ROBIN, C);
    answer(1, AnswerStatus.NOT_PRIMARY);
    assertThat(sent).containsExactly(C, A);
    answer(2, AnswerStatus.RETRY_LATER);
    assertThat(sent).containsExactly(C, A, B);
    assertThat(loads.expected(C, now)).as("a refusal does not look quick").isPositive();
  }

  @Test
  void whenAllWereAskedThePrimaryIsAskedAtTheUsualPace() {
    read(ReadPolicy.RANDOM, A);
    pass(20 * MILLISECOND);
    assertThat(sent).containsExactly(A, B, C);
    pass(1_000 * MILLISECOND);
    assertThat(sent.subList(3, sent.size())).isNotEmpty().hasSizeLessThan(4).containsOnly(A);
    pass(TIMEOUT);
    assertThat(result.kind())
        .as("a read that nobody answers changed nothing")
        .isEqualTo(Kind.NOT_DONE);
  }

  @Test
  void thePrimaryPolicyAsksNobodyElse() {
    read(ReadPolicy.PRIMARY, null);
    pass(TIMEOUT / 2);
    assertThat(sent).isNotEmpty().containsOnly(A);
  }

  @Test
  void aCopyThatLeftTheInSyncSetIsNotWaitedFor() {
    read(ReadPolicy.RANDOM, B);
    copies = List.of(A, C);
    session.onRoutesChanged(now);
    assertThat(sent).containsExactly(B, A);
    copies = List.of(A, C, D);
    session.onRoutesChanged(now);
    assertThat(sent).containsExactly(B, A);
  }

  @Test
  void whatIsNoLongerAwaitedDoesNotCountAsUnderWay() {
    read(ReadPolicy.RANDOM, B);
    pass(6 * MILLISECOND);
    answer(1, AnswerStatus.DONE);
    loads.asked(A);
    loads.answered(A, MILLISECOND, now);
    loads.asked(C);
    loads.answered(C, 2 * MILLISECOND - 1, now);
    ReadRouter router = router(ReadPolicy.LEAST_RESPONSE_TIME);
    assertThat(router.choose(0, List.of(A, C), List.of(), now))
        .as("with a read still under way at A, it would be C")
        .isEqualTo(A);
  }

  private final class Routes implements ClientSession.Routes {

    @Override
    public MemberId primary(int partition) {
      return copies.get(0);
    }

    @Override
    public List<MemberId> copies(int partition) {
      return copies;
    }

    @Override
    public String whyNoPrimary(int partition) {
      return "nobody there";
    }
  }

  private final class Output implements ClientSession.Output {

    @Override
    public void send(MemberId to, Request request) {
      sent.add(to);
      last = request;
    }

    @Override
    public void granted(ClientOperation operation, byte[] value) {
      throw new AssertionError("a read was granted a key");
    }

    @Override
    public void notRunnable(ClientOperation operation) {
      throw new AssertionError("a read is no processor");
    }

    @Override
    public void finished(ClientOperation operation, ClientResult ended) {
      result = ended;
    }
  }
}
