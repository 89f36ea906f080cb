package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.D;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.topology.OperationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads that callers send to a backup (PROTOCOL 4.7). */
class RemoteReadTest {

  private static final Operation GET = new Operation.Get();

  private final ReplicaNetwork network = new ReplicaNetwork();

  private void threeInSync() {
    network.epoch(List.of(A, B, C), List.of());
    network.put(A, "key", "value");
    network.run(LEASE);
  }

  @Test
  void aBackupAnswersWhatIsCommitted() {
    threeInSync();
    Answer answer = network.answerTo(network.ask(B, "key", GET));
    assertThat(answer.status()).isEqualTo(AnswerStatus.DONE);
    assertThat(text(answer.value())).isEqualTo("value");
    assertThat(network.answerTo(network.ask(C, "other", GET)).status())
        .isEqualTo(AnswerStatus.UNCHANGED);
  }

  @Test
  void aBackupPassesAReadOfAPendingKeyOnToThePrimaryWhichAnswersTheCaller() {
    threeInSync();
    network.put(A, "key", "newer");
    network.deliver(sentTo(B));
    OperationId read = network.ask(B, "key", GET);
    assertThat(network.answersTo(read)).as("the backup itself cannot tell").isEmpty();
    network.deliverOne(ofType(Request.class));
    assertThat(text(network.answerTo(read).value())).as("not committed yet").isEqualTo("value");

    network.deliver(ofType(PartitionMessage.Append.class));
    OperationId later = network.ask(B, "key", GET);
    network.deliver(ofType(Appended.class));
    network.deliverOne(ofType(Request.class));
    assertThat(text(network.answerTo(later).value())).isEqualTo("newer");
  }

  @Test
  void aBackupWithoutALeasePassesAReadOn() {
    threeInSync();
    network.node(B).lease = false;
    OperationId read = network.ask(B, "key", GET);
    assertThat(network.answersTo(read)).isEmpty();
    network.deliver();
    assertThat(text(network.answerTo(read).value())).isEqualTo("value");
  }

  @Test
  void aLearnerPassesAReadOn() {
    network.epoch(List.of(A, B), List.of(D));
    network.put(A, "key", "value");
    network.run(LEASE);
    OperationId read = network.ask(D, "key", GET);
    assertThat(network.answersTo(read)).isEmpty();
    network.deliver(ofType(Request.class));
    assertThat(text(network.answerTo(read).value())).isEqualTo("value");
  }

  @Test
  void aReadIsPassedOnOnceOnlyThoughTwoMembersTakeEachOtherForThePrimary() {
    threeInSync();
    network.decideEpoch(List.of(B, A, C), List.of());
    network.apply(A); // which is a backup now, while B still takes it for the primary
    network.node(A).lease = false;
    network.node(B).lease = false;
    OperationId read = network.ask(B, "key", GET);
    network.deliver(ofType(Request.class));
    assertThat(network.answerTo(read).status()).isEqualTo(AnswerStatus.NOT_PRIMARY);
  }

  @Test
  void whoHoldsNoCopyRefuses() {
    threeInSync();
    assertThat(network.answerTo(network.ask(D, "key", GET)).status())
        .isEqualTo(AnswerStatus.NOT_PRIMARY);
  }

  @Test
  void aBackupRefusesWhatIsNotARead() {
    threeInSync();
    assertThat(network.answerTo(network.put(B, "key", "mine")).status())
        .isEqualTo(AnswerStatus.NOT_PRIMARY);
    assertThat(network.content(A)).containsEntry("key", "value");
  }

  @Test
  void noCopyAnswersForACacheThatIsGone() {
    threeInSync();
    network.dropped.add(ReplicaNetwork.CACHE);
    OperationId read = network.ask(B, "key", GET);
    network.deliver();
    assertThat(network.answerTo(read).status()).isEqualTo(AnswerStatus.CACHE_DROPPED);
  }
}
