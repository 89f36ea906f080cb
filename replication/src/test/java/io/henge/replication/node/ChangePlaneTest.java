package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.NodeBootstrap;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.ChangeListeners.Listening;
import io.henge.replication.partition.Change;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a member wants under each of its ids, and whom it tells. */
class ChangePlaneTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId SELF = new MemberId(0, 3);
  private static final SortedMap<String, String> MADE = new TreeMap<>(Map.of("made", "1"));
  private static final SortedMap<String, String> MADE_AGAIN = new TreeMap<>(Map.of("made", "2"));

  private final ChangeListeners listeners = new ChangeListeners(Duration.ofSeconds(1));
  private final List<String> sent = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final ChangePlane plane = plane();

  private final ChangeListener listener =
      new ChangeListener() {
        @Override
        public boolean onChange(CacheChange change) {
          told.add(change.kind() + " at " + change.partition() + "/" + change.position());
          return true;
        }

        @Override
        public void onCovered(int partition, long position) {
          told.add("covered " + partition + "/" + position);
        }

        @Override
        public void onMissed(int partition, long atMost) {
          told.add("missed " + atMost + " of " + partition);
        }

        @Override
        public void onBreak(String why) {
          told.add(why);
        }

        @Override
        public void onOwnChanges(List<ChangePosition> positions, Duration timeout) {
          told.add("own " + positions);
        }
      };

  private ChangePlane plane() {
    LocalDelivery local = new LocalDelivery(message -> sent.add("self: " + message));
    return new ChangePlane(
        SELF,
        1_000_000,
        listeners,
        (to, message) -> sent.add(to.low() + ": " + text(message)),
        Runnable::run,
        local,
        () -> 0);
  }

  private static String text(PartitionMessage message) {
    return message instanceof ChangesWanted wanted
        ? "wants of " + wanted.partition() + " " + wanted.caches().size()
        : message.getClass().getSimpleName();
  }

  private static ClusterState state(
      long slot, SortedMap<String, String> attributes, List<MemberId> replicas) {
    PartitionAssignment assignment =
        new PartitionAssignment(slot, 1, replicas, List.of(), new TreeMap<>());
    SortedMap<Integer, CacheDefinition> caches = new TreeMap<>();
    if (attributes != null) {
      caches.put(4, new CacheDefinition(4, "carts", 0, attributes));
    }
    return new ClusterState(
        new MemberId(9, 9),
        "test",
        slot,
        slot,
        new ClusterTimings(300_000_000, 1_000_000_000, 3_000_000_000L),
        1,
        new TreeMap<>(),
        List.of(A),
        List.of(new PartitionGroup(2, List.of(assignment))),
        caches,
        5,
        List.of(),
        NodeBootstrap.AUTO,
        0,
        false);
  }

  private void listen() {
    listeners.put(new Listening("carts", MADE, listener, true));
    plane.refresh();
  }

  private static Changes changes(long after, long missedUpTo, long upTo, Change... changes) {
    return new Changes(0, 1, after, missedUpTo, upTo, List.of(changes));
  }

  private static Change created(long index) {
    return new Change(
        index, Change.Kind.CREATED, new EntryKey(4, new byte[1]), null, new byte[1], true);
  }

  @Test
  void allReplicasAreToldWhatIsWantedAndNobodyBefore() throws InterruptedException {
    plane.onState(state(7, MADE, List.of(A, B)));
    assertThat(plane.tick()).isFalse();
    assertThat(sent).isEmpty();
    listen();
    assertThat(sent).containsExactly("1: wants of 0 1", "2: wants of 0 1");
    assertThat(plane.awaitConfirmed("carts", 1)).isFalse();
    plane.onChanges(A, changes(-1, 0, 10));
    assertThat(plane.awaitConfirmed("carts", 1)).isTrue();
    plane.onChanges(A, changes(10, 0, 11, created(11)));
    plane.onChanges(A, changes(11, 15, 20, created(16)));
    assertThat(told)
        .containsExactly(
            "covered 0/10",
            "CREATED at 0/11",
            "covered 0/11",
            "missed 4 of 0",
            "CREATED at 0/16",
            "covered 0/20");
  }

  @Test
  void howMuchIsMissingOfALostPartitionIsUnknown() {
    plane.onState(state(7, MADE, List.of(A)));
    listen();
    plane.onChanges(A, changes(-1, 0, 10));
    plane.onChanges(A, changes(10, 1L << 40, 1L << 40));
    assertThat(told).contains("missed -1 of 0");
  }

  @Test
  void theNextPrimaryAndNewReplicasAreTold() {
    plane.onState(state(7, MADE, List.of(A)));
    listen();
    sent.clear();
    plane.onState(state(8, MADE, List.of(A)));
    assertThat(sent).isEmpty();
    plane.onState(state(9, MADE, List.of(B, A)));
    assertThat(sent).containsExactly("2: wants of 0 1", "1: wants of 0 1");
  }

  @Test
  void anotherCacheUnderTheNameIsNotListenedTo() {
    listen();
    plane.onState(state(7, MADE_AGAIN, List.of(A)));
    assertThat(sent).isEmpty();
    plane.onState(state(8, MADE, List.of(A)));
    assertThat(sent).containsExactly("1: wants of 0 1");
    plane.onState(state(9, null, List.of(A)));
    assertThat(sent).containsExactly("1: wants of 0 1", "1: wants of 0 0");
  }

  @Test
  void theNextLifeOfTheMemberBeginsToListenByItself() {
    plane.onState(state(7, MADE, List.of(A)));
    listen();
    plane.close("it was removed");
    assertThat(told).containsExactly("it was removed");
    plane.close("again");
    assertThat(told).hasSize(1);
    sent.clear();
    ChangePlane next = plane();
    next.onState(state(3, MADE, List.of(B)));
    assertThat(sent).containsExactly("2: wants of 0 1");
  }

  /** Positions of the former cluster mean nothing in one that was founded again of it. */
  @Test
  void listenersBeginAnewWhenTheClusterIsFoundedAgain() {
    plane.onState(state(7, MADE, List.of(A, B)));
    listen();
    plane.onChanges(A, changes(-1, 0, 10));
    sent.clear();
    told.clear();
    plane.onFoundedAgain("founded again");
    plane.onState(state(9, MADE, List.of(B)));
    assertThat(told).containsExactly("founded again");
    assertThat(sent).contains("2: wants of 0 1");
    plane.onChanges(A, changes(10, 0, 11, created(11)));
    assertThat(told).as("a position of the former cluster").containsExactly("founded again");
    plane.onChanges(B, new Changes(0, 3, -1, 0, 8, List.of()));
    plane.onChanges(B, changes(8, 0, 9, created(9)));
    assertThat(told)
        .containsExactly("founded again", "covered 0/8", "CREATED at 0/9", "covered 0/9");
  }
}
