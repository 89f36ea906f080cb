package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.Operation.Change;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.topology.OperationId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary that yields to another replica lets the code that runs under it end first. */
class SuccessionTest {

  private static final Operation RESERVE = new Operation.Reserve();

  private final ReplicaNetwork network = new ReplicaNetwork();

  @BeforeEach
  void twoInSync() {
    network.epoch(List.of(A, B), List.of());
    network.run(LEASE);
  }

  private void askToYield() {
    PartitionReplica replica = network.node(A).replica;
    replica.yieldTo(network.assignment().epoch(), B, network.now);
  }

  private OperationId reserve(String key) {
    OperationId id = network.ask(A, key, RESERVE);
    network.deliver();
    return id;
  }

  private void complete(OperationId id) {
    long version = last(id).version();
    Operation done = new Operation.Complete(version, Change.SET, bytes("new"), bytes("result"));
    network.ask(A, id, 2, "key", done);
  }

  private Answer last(OperationId id) {
    List<Answer> all = network.answersTo(id);
    return all.get(all.size() - 1);
  }

  private List<?> proposed() {
    return network.node(A).successors;
  }

  @Test
  void whereNoCodeRunsTheSuccessorIsProposedAtOnce() {
    askToYield();

    assertThat(proposed()).isEqualTo(List.of(B));
  }

  @Test
  void whereCodeRunsTheSuccessorIsProposedWhenItsEffectIsCommitted() {
    OperationId running = reserve("key");
    askToYield();
    assertThat(proposed()).isEmpty();

    complete(running);
    assertThat(proposed()).isEmpty();
    network.deliver(envelope -> envelope.message() instanceof Append);
    assertThat(proposed()).isEmpty();
    network.deliver();

    assertThat(proposed()).isEqualTo(List.of(B));
    assertThat(last(running).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void untilThenNoMoreCodeBeginsAndEverythingElseGoesOn() {
    OperationId running = reserve("key");
    OperationId behind = network.ask(A, "key", RESERVE);
    askToYield();

    assertThat(last(reserve("other")).status()).isEqualTo(AnswerStatus.RETRY_LATER);
    OperationId put = network.put(A, "other", "value");
    network.deliver();
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
    complete(running);
    network.deliver();
    assertThat(last(behind).status()).isEqualTo(AnswerStatus.RETRY_LATER);
  }

  @Test
  void codeThatTakesTooLongHoldsNobodyUp() {
    reserve("key");
    askToYield();
    network.tick(Succession.PATIENCE);
    assertThat(proposed()).isEmpty();

    network.tick(MILLISECOND);

    assertThat(proposed()).isEqualTo(List.of(B));
  }

  @Test
  void aProposalThatIsNotDecidedIsForgottenAndMayBeAskedForAgain() {
    askToYield();
    network.tick(Succession.PROPOSED_FOR + 1);

    assertThat(last(reserve("key")).status()).isEqualTo(AnswerStatus.GRANTED);
    askToYield();
    assertThat(proposed()).isEqualTo(List.of(B));
  }

  @Test
  void theLeaderThatAsksAgainHasLostTheProposalAndGetsAnother() {
    askToYield();
    askToYield();

    assertThat(proposed()).isEqualTo(List.of(B, B));
  }

  @Test
  void aNewEpochEndsIt() {
    askToYield();
    network.epoch(List.of(A, B), List.of());
    network.run(LEASE);

    assertThat(last(reserve("key")).status()).isEqualTo(AnswerStatus.GRANTED);
  }

  @Test
  void whatWasAskedOfAnotherEpochMeansNothing() {
    network.node(A).replica.yieldTo(network.assignment().epoch() - 1, B, network.now);

    assertThat(proposed()).isEmpty();
  }
}
