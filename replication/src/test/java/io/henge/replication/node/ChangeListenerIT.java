package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.Lifetimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Members that listen, over JGroups on loopback. */
class ChangeListenerIT {

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }

  /** Nobody waits for a handover at the end. */
  private static Engine start(TestNodes nodes, String name) {
    return nodes.start(nodes.settings(name, Duration.ZERO));
  }

  private static ReplicatedCache open(Engine node, String name) {
    return node.openCache(name, CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  /** Notes what it is told. */
  private static final class Notes implements ChangeListener {
    private final Map<String, List<String>> byKey = new ConcurrentHashMap<>();
    private final List<ChangePosition> told = new CopyOnWriteArrayList<>();
    private final List<ChangePosition> caused = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private volatile RuntimeException failure;

    @Override
    public boolean onChange(CacheChange change) {
      told.add(new ChangePosition(change.partition(), change.position()));
      byKey
          .computeIfAbsent(text(change.key()), key -> new CopyOnWriteArrayList<>())
          .add(change.kind() + " " + text(change.previous()) + ">" + text(change.value()));
      return true;
    }

    @Override
    public void onCovered(int partition, long position) {}

    @Override
    public void onMissed(int partition, long atMost) {
      trouble.add(atMost + " missed in " + partition);
    }

    @Override
    public void onBreak(String why) {
      trouble.add(why);
    }

    @Override
    public void onOwnChanges(List<ChangePosition> positions, Duration timeout) {
      caused.addAll(positions);
      if (failure != null) {
        throw failure;
      }
    }

    private List<String> of(String key) {
      return byKey.getOrDefault(key, List.of());
    }
  }

  @Test
  void aMemberIsToldWhatOthersChange() {
    try (TestNodes nodes = new TestNodes("told", 7930)) {
      Engine a = start(nodes, "a");
      ReplicatedCache onA = open(a, "carts").expiring(new Lifetimes(1L << 60, 1, 1L << 60));
      Engine b = start(nodes, "b");
      Engine c = start(nodes, "c");
      TestViews.awaitInSync(a, 3, 2);
      ReplicatedCache onB = open(b, "carts");
      open(c, "carts");
      Notes notes = new Notes();
      c.listen("carts", notes, true);
      for (int i = 0; i < 100; i++) {
        onA.put(bytes("k" + i), bytes("1"));
        onB.put(bytes("k" + i), bytes("2"));
        onB.remove(bytes("k" + i));
        onB.remove(bytes("k" + i));
        onA.put(bytes("k" + i), bytes("3"));
        onA.put(bytes("k" + i), bytes("4")); // lives for a nanosecond more
      }
      Awaitility.await()
          .untilAsserted(
              () -> {
                for (int i = 0; i < 100; i++) {
                  assertThat(notes.of("k" + i))
                      .containsExactly(
                          "CREATED >1",
                          "UPDATED 1>2",
                          "REMOVED 2>",
                          "CREATED >3",
                          "UPDATED 3>4",
                          "EXPIRED 4>");
                }
              });
      assertThat(notes.caused).isEmpty();
      c.stopListening("carts");
      onB.put(bytes("k0"), bytes("5"));
      onB.clear();
      c.listen("carts", notes, false);
      onB.put(bytes("last"), bytes("6"));
      Awaitility.await().untilAsserted(() -> assertThat(notes.of("last")).hasSize(1));
      assertThat(notes.of("k0")).hasSize(6);
      assertThat(notes.trouble).isEmpty();
    }
  }

  @Test
  void anOperationOfTheListeningMemberTellsItsPositionBeforeItReturns() {
    try (TestNodes nodes = new TestNodes("positions", 7950)) {
      Engine a = start(nodes, "a");
      Engine b = start(nodes, "b");
      ReplicatedCache onA = open(a, "carts");
      open(b, "carts");
      TestViews.awaitInSync(a, 2, 2);
      Notes notes = new Notes();
      a.listen("carts", notes, false);
      onA.put(bytes("k"), bytes("1"));
      onA.putIfAbsent(bytes("k"), bytes("2"));
      onA.putAll(Map.of(new Bytes(bytes("k")), bytes("3"), new Bytes(bytes("l")), bytes("4")));
      onA.invokeHere(bytes("k"), value -> new EntryOutcome(EntryOutcome.Change.REMOVE, null, null));
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(notes.told).containsExactlyInAnyOrderElementsOf(notes.caused));
      assertThat(notes.caused).hasSize(4);
      notes.failure = new IllegalStateException("a listener failed");
      assertThatThrownBy(() -> onA.put(bytes("k"), bytes("5"))).isSameAs(notes.failure);
      assertThat(onA.get(bytes("k"))).isEqualTo(bytes("5"));
    }
  }

  @Test
  void nothingIsMissedOrToldTwiceWhenPrimariesDie() throws Exception {
    try (TestNodes nodes = new TestNodes("dying", 7970)) {
      Engine a = start(nodes, "a");
      Engine b = start(nodes, "b");
      Engine c = start(nodes, "c");
      ReplicatedCache onB = open(b, "carts");
      open(a, "carts");
      open(c, "carts");
      TestViews.awaitInSync(b, 3, 2);
      Notes notes = new Notes();
      c.listen("carts", notes, true);
      List<Thread> writers = new ArrayList<>();
      int rounds = 200;
      for (int writer = 0; writer < 4; writer++) {
        String prefix = "w" + writer + "-";
        Thread thread =
            new Thread(
                () -> {
                  for (int round = 1; round <= rounds; round++) {
                    for (int key = 0; key < 5; key++) {
                      onB.put(bytes(prefix + key), bytes("" + round));
                    }
                  }
                });
        thread.start();
        writers.add(thread);
      }
      Awaitility.await().until(() -> notes.told.size() > 200);
      ((HengeNode) a).incarnation().transport().close(); // no goodbye
      for (Thread each : writers) {
        each.join();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(notes.trouble).isEmpty();
                assertThat(notes.told.size()).isEqualTo(4 * 5 * rounds);
              });
      for (int writer = 0; writer < 4; writer++) {
        for (int key = 0; key < 5; key++) {
          List<String> expected = new ArrayList<>();
          expected.add("CREATED >1");
          for (int round = 2; round <= rounds; round++) {
            expected.add("UPDATED " + (round - 1) + ">" + round);
          }
          assertThat(notes.of("w" + writer + "-" + key)).isEqualTo(expected);
        }
      }
      assertThat(notes.trouble).isEmpty();
    }
  }
}
