package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.topology.OperationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Effects whose frames take so long that later ones could overtake them. */
class LargeEffectTest {

  private static final Operation LARGE = new Operation.Put(new byte[3 << 20], false);

  private final ReplicaNetwork network = new ReplicaNetwork();

  private long largeFrames() {
    return network.wire.stream()
        .filter(ofType(Append.class))
        .filter(
            envelope ->
                ((Append) envelope.message())
                    .effects().stream().anyMatch(effect -> effect.bytes() > 1 << 20))
        .count();
  }

  private void twoInSync() {
    network.epoch(List.of(A, B), List.of());
    network.run(LEASE);
    assertThat(network.wire).isEmpty();
  }

  @Test
  void nothingFollowsALargeEffectUntilItIsAcknowledged() {
    twoInSync();
    OperationId large = network.ask(A, "large", LARGE);
    OperationId small = network.put(A, "small", "value");
    assertThat(network.wire.stream().filter(ofType(Append.class))).hasSize(1);
    assertThat(largeFrames()).isEqualTo(1);

    network.deliver();
    assertThat(network.answerTo(large).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.answerTo(small).status()).isEqualTo(AnswerStatus.DONE);
    network.run(LEASE);
    assertThat(network.content(B)).containsEntry("small", "value").containsKey("large");
  }

  @Test
  void aLargeEffectThatIsStillOnItsWayIsNotSentAgainAndItsReplicaIsNotSlow() {
    twoInSync();
    network.node(A).sendingLarge = true;
    network.ask(A, "large", LARGE);
    for (int i = 0; i < 100; i++) {
      network.tick(LEASE / 10);
    }
    assertThat(largeFrames()).isEqualTo(1);
    assertThat(network.node(A).proposals).isEmpty();
  }

  @Test
  void aLargeEffectThatWasLostIsSentAgain() {
    twoInSync();
    OperationId large = network.ask(A, "large", LARGE);
    network.drop(ofType(Append.class));
    network.run(3 * LEASE);
    assertThat(network.answerTo(large).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aReplicaHasSomeTimeForEveryByte() {
    twoInSync();
    network.ask(A, "large", LARGE);
    network.tick(network.settings.retransmit() + 140 * MILLISECOND);
    assertThat(largeFrames()).isEqualTo(1);
    network.tick(40 * MILLISECOND);
    assertThat(largeFrames()).isEqualTo(2);
  }

  @Test
  void aLargeChunkOfATransferThatIsStillOnItsWayIsNotSentAgain() {
    network.epoch(List.of(A), List.of());
    network.ask(A, "large", LARGE);
    network.epoch(List.of(A), List.of(B));
    network.tick(1);
    network.deliver(envelope -> !envelope.is(SnapshotChunk.class));
    network.node(A).sendingLarge = true;
    int sent = (int) network.wire.stream().filter(ofType(SnapshotChunk.class)).count();
    assertThat(sent).isPositive();
    for (int i = 0; i < 20; i++) {
      network.tick(LEASE / 10);
      network.deliver(envelope -> !envelope.is(SnapshotChunk.class)); // the learner asks and asks
    }
    assertThat(
            network.wire.stream()
                .filter(ofType(SnapshotChunk.class))
                .filter(envelope -> envelope.from().equals(A)))
        .hasSize(sent);
    network.node(A).sendingLarge = false;
    network.run(4 * LEASE);
    assertThat(network.node(A).promoted(B)).isTrue();
  }

  @Test
  void aTransferBeginsThoughOtherLargeThingsAreOnTheirWayToTheLearner() {
    network.epoch(List.of(A), List.of());
    network.put(A, "small", "value");
    network.run(LEASE);
    network.node(A).sendingLarge = true; // changes for its listeners, say, one after the other
    network.epoch(List.of(A), List.of(B));
    network.run(4 * LEASE);
    assertThat(network.node(A).promoted(B)).isTrue();
  }

  @Test
  void aLargeEffectThatIsStillOnItsWayToALearnerIsNotSentAgainThoughItAsks() {
    network.epoch(List.of(A), List.of(B));
    network.run(LEASE);
    network.epoch(List.of(A), List.of(B));
    network.ask(A, "large", LARGE);
    network.deliver(envelope -> !envelope.is(Append.class));
    network.node(A).sendingLarge = true;
    int sent = (int) largeFrames();
    assertThat(sent).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      network.tick(LEASE / 10);
      network.deliver(envelope -> !envelope.is(Append.class)); // the learner asks and asks
    }
    assertThat(largeFrames()).isEqualTo(1);
    network.node(A).sendingLarge = false;
    network.run(4 * LEASE);
    assertThat(network.node(A).promoted(B)).isTrue();
    assertThat(network.content(B)).containsKey("large");
  }
}
