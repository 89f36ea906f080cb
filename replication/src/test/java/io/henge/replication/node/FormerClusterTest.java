package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.NodeBootstrap;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.partition.Effect;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.Outcome;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Two clusters of which one was founded again of the other have members and numbers of epochs in
 * common: what one of them says never counts in the other.
 */
class FormerClusterTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId SELF = new MemberId(0, 2);
  private static final long FORMER = 9;
  private static final long SUCCESSOR = 77;
  private static final long ORIGIN = 1;
  private static final long BASE = ORIGIN << 38;

  private final List<PartitionMessage> sent = new ArrayList<>();
  private final DataPlane plane =
      new DataPlane(
          SELF,
          PartitionSettings.forLease(300_000_000),
          new Quiet(),
          new LocalDelivery(message -> {}),
          new TransferBudget(1_000_000, 0),
          1 << 20,
          1 << 20);

  private final class Quiet implements DataPlane.Surroundings {

    @Override
    public void send(MemberId to, PartitionMessage message) {
      sent.add(message);
    }

    @Override
    public void propose(Command command) {}

    @Override
    public boolean barrierOver(SortedMap<MemberId, Long> revoked) {
      return true;
    }

    @Override
    public boolean leaseValid() {
      return true;
    }

    @Override
    public boolean runProcessor(
        int partition, OperationId id, EntryKey key, byte[] processor, byte[] value) {
      return false;
    }

    @Override
    public boolean sendingLarge(MemberId to) {
      return false;
    }

    @Override
    public void barrierPassed(int partition, long epoch) {}
  }

  private static Member member(MemberId id) {
    return new Member(
        id, "n" + id.low(), "127.0.0.1", 1, "", "", MemberRole.DATA, 1, MemberState.ACTIVE, 0);
  }

  /** A state after a slot, in which the partition changed. */
  private static ClusterState state(long cluster, long slot, List<MemberId> inSync) {
    SortedMap<MemberId, Member> members = new TreeMap<>();
    List.of(A, SELF).forEach(id -> members.put(id, member(id)));
    SortedMap<Integer, CacheDefinition> caches = new TreeMap<>();
    caches.put(1, new CacheDefinition(1, "carts", 0, new TreeMap<>()));
    return new ClusterState(
        new MemberId(cluster, 9),
        "test",
        slot,
        slot,
        new ClusterTimings(300_000_000, 1_000_000_000, 3_000_000_000L),
        1,
        members,
        List.of(A),
        List.of(
            new PartitionGroup(
                2,
                List.of(
                    new PartitionAssignment(slot, ORIGIN, inSync, List.of(), new TreeMap<>())))),
        caches,
        2,
        List.of(),
        NodeBootstrap.VOTERS,
        0,
        false);
  }

  private static Append put(long epoch, String value) {
    Effect effect =
        new Effect(
            BASE + 1,
            new OperationId(A, 1, 1),
            Effect.Kind.PUT,
            new EntryKey(1, new byte[] {1}),
            value.getBytes(UTF_8),
            new Outcome(true, null));
    return new Append(0, epoch, BASE, BASE, BASE + 1, List.of(effect), BASE, 0);
  }

  private long acknowledged() {
    return sent.stream()
        .filter(message -> message instanceof Appended appended && appended.index() > BASE)
        .count();
  }

  private void enter(ClusterState before, ClusterState after) {
    plane.apply(before, after, 0);
  }

  @Test
  void framesOfTheOwnClusterCountAndThoseOfAnotherDoNot() {
    enter(null, state(FORMER, 5, List.of(A, SELF)));
    plane.onMessage(A, SUCCESSOR, put(5, "of another cluster"), 0);
    assertThat(acknowledged()).isZero();
    plane.onMessage(A, FORMER, put(5, "of this cluster"), 0);
    assertThat(acknowledged()).isPositive();
  }

  /** The former cluster has an epoch 7 of its own. */
  @Test
  void aFrameThatWaitsForItsEpochIsForgottenWithItsCluster() {
    ClusterState former = state(FORMER, 5, List.of(A, SELF));
    enter(null, former);
    plane.onMessage(A, FORMER, put(7, "of the former cluster"), 0);
    enter(former, state(SUCCESSOR, 7, List.of(A, SELF)));
    assertThat(acknowledged()).isZero();
    assertThat(plane.replica(0).lastIndex()).isEqualTo(BASE);

    plane.onMessage(A, FORMER, put(7, "of the former cluster, late"), 0);
    assertThat(acknowledged()).isZero();
    plane.onMessage(A, SUCCESSOR, put(7, "of this cluster"), 0);
    assertThat(acknowledged()).isPositive();
  }

  /** A frame for the new cluster that comes before its state: it is sent again. */
  @Test
  void aFrameOfTheNextClusterNeverWaitsInTheFormerOne() {
    ClusterState former = state(FORMER, 5, List.of(A, SELF));
    enter(null, former);
    plane.onMessage(A, SUCCESSOR, put(7, "of the next cluster"), 0);
    enter(former, state(FORMER, 7, List.of(A, SELF)));
    assertThat(acknowledged()).isZero();
    assertThat(plane.replica(0).lastIndex()).isEqualTo(BASE);
  }

  @Test
  void requestsOfCallersOfTheFormerClusterAreIgnored() {
    ClusterState former = state(FORMER, 5, List.of(SELF));
    enter(null, former);
    enter(former, state(SUCCESSOR, 7, List.of(SELF)));
    Request request =
        new Request(
            0,
            new OperationId(A, 1, 1),
            1,
            new EntryKey(1, new byte[] {1}),
            new Operation.Put(new byte[1], false));
    plane.onRequests(FORMER, List.of(request), 0);
    plane.onMessage(A, FORMER, request, 0);
    assertThat(sent).isEmpty();
    plane.onRequests(SUCCESSOR, List.of(request), 0);
    assertThat(sent).isNotEmpty();
  }
}
