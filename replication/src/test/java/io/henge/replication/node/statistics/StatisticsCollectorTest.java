package io.henge.replication.node.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three collectors whose messages are delivered at once, or never. */
class StatisticsCollectorTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);
  private static final long SECOND = 1_000_000_000L;

  private final Map<MemberId, StatisticsCollector> members = new HashMap<>();
  private final Map<MemberId, Long> hits = new HashMap<>();
  private final Set<MemberId> silent = new HashSet<>();
  private final List<String> sent = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND; // the clock may run over

  StatisticsCollectorTest() {
    for (MemberId each : List.of(A, B, C)) {
      hits.put(each, each.low());
      members.put(
          each,
          new StatisticsCollector(
              () -> List.of(figures(hits.get(each))),
              (to, message) -> deliver(each, to, message),
              () -> now));
    }
  }

  private static CacheFigures figures(long hits) {
    return new CacheFigures(
        "orders",
        2,
        new CallStatistics(true, hits, 1, 1, 1, 1, Latencies.NONE, Latencies.NONE, Latencies.NONE));
  }

  private void deliver(MemberId from, MemberId to, StatisticsMessage message) {
    sent.add(message.getClass().getSimpleName() + to.low());
    if (!silent.contains(from) && !silent.contains(to)) {
      WireWriter writer = new WireWriter(16);
      StatisticsMessage.write(writer, message);
      members.get(to).onMessage(from, StatisticsMessage.read(new WireReader(writer.toByteArray())));
    }
  }

  private Map<MemberId, MemberFigures> collect(MemberId... others) throws InterruptedException {
    return members.get(A).ofOthers(List.of(others));
  }

  private static long hitsOf(MemberFigures figures) {
    return figures.of("orders").calls().hits();
  }

  @Test
  void allMembersAreAskedAndTell() throws Exception {
    Map<MemberId, MemberFigures> told = collect(B, C);
    assertThat(told).containsOnlyKeys(B, C);
    assertThat(hitsOf(told.get(B))).isEqualTo(2);
    assertThat(told.get(C).of("orders").evictions()).isEqualTo(2);
    assertThat(told.get(C).askedAt()).isEqualTo(now);
    assertThat(hitsOf(members.get(A).own())).isEqualTo(1);
    assertThat(sent).containsExactly("Ask2", "Tell1", "Ask3", "Tell1");
    assertThat(told.get(C).of("unknown").calls()).isEqualTo(CallStatistics.NONE);
  }

  @Test
  void withinASecondNobodyIsAskedAgain() throws Exception {
    collect(B);
    sent.clear();
    hits.put(B, 50L);
    now += SECOND;
    assertThat(hitsOf(collect(B).get(B))).isEqualTo(2);
    assertThat(sent).isEmpty();
    now += 1;
    assertThat(hitsOf(collect(B).get(B))).isEqualTo(50);
  }

  @Test
  void whatASilentMemberToldBeforeStaysWithItsAge() throws Exception {
    collect(B, C);
    long before = now;
    silent.add(B);
    now += 60 * SECOND;
    Map<MemberId, MemberFigures> told = collect(B, C);
    assertThat(told.get(B).askedAt()).isEqualTo(before);
    assertThat(told.get(C).askedAt()).isEqualTo(now);
  }

  @Test
  void whoHasNeverAnsweredIsMissing() throws Exception {
    silent.add(B);
    assertThat(collect(B, C)).containsOnlyKeys(C);
  }

  @Test
  void whoIsNoMemberAnyMoreIsForgotten() throws Exception {
    collect(B, C);
    assertThat(collect(C)).containsOnlyKeys(C);
  }

  @Test
  void aLateAnswerDoesNotHideANewerOne() throws Exception {
    collect(B);
    members.get(A).onMessage(B, new StatisticsMessage.Tell(now - SECOND, List.of(figures(77))));
    assertThat(hitsOf(collect(B).get(B))).isEqualTo(2);
  }

  @Test
  void sumsHaveEverything() {
    CacheFigures sum =
        figures(5).plus(figures(6)).plus(new CacheFigures("", 1, CallStatistics.NONE));
    assertThat(sum.evictions()).isEqualTo(5);
    assertThat(sum.calls())
        .usingRecursiveComparison()
        .isEqualTo(
            new CallStatistics(
                true, 11, 2, 2, 2, 2, Latencies.NONE, Latencies.NONE, Latencies.NONE));
  }
}
