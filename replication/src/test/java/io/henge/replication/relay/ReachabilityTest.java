package io.henge.replication.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

  private static final long TICK = 10_000_000L;
  private static final long SUSPEND_AFTER = 1_000_000_000L;

  private final MemberId a = new MemberId(0, 1);
  private final MemberId b = new MemberId(0, 2);
  private final MemberId c = new MemberId(0, 3);
  private final MemberId d = new MemberId(0, 4);
  private final Map<MemberId, Reachability> members = new TreeMap<>();
  private final Set<List<MemberId>> cut = new HashSet<>();
  private final Set<MemberId> paused = new HashSet<>();
  private long now = -5;

  private void cluster(MemberId... ids) {
    for (MemberId id : ids) {
      Reachability links = new Reachability(id);
      links.follow(List.of(ids), SUSPEND_AFTER);
      members.put(id, links);
    }
    run(SUSPEND_AFTER);
  }

  private void cutBothWays(MemberId one, MemberId other) {
    cut.add(List.of(one, other));
    cut.add(List.of(other, one));
  }

  /** Lets time pass; beats arrive at once unless their link is cut. */
  private void run(long time) {
    for (long end = now + time; now < end; now += TICK) {
      members.forEach(
          (id, links) -> {
            Beat beat = paused.contains(id) ? null : links.tick(now);
            if (beat != null) {
              for (MemberId peer : new ArrayList<>(links.peers())) {
                if (!cut.contains(List.of(id, peer)) && !paused.contains(peer)) {
                  members.get(peer).onBeat(id, beat);
                }
              }
            }
          });
    }
  }

  private Map<MemberId, MemberId> detours(MemberId of) {
    return members.get(of).detours();
  }

  @Test
  void everybodyIsReachedDirectlyWhileNothingIsBroken() {
    cluster(a, b, c);
    assertThat(detours(a)).isEmpty();
    assertThat(members.get(a).tick(now + SUSPEND_AFTER)).isEqualTo(new Beat(List.of(), List.of()));
  }

  @Test
  void twoMembersWithoutALinkGoThroughTheOneThatBothReach() {
    cluster(a, b, c);
    cutBothWays(a, c);
    run(SUSPEND_AFTER * 3 / 4);
    assertThat(detours(a)).isEqualTo(Map.of(c, b));
    assertThat(detours(c)).isEqualTo(Map.of(a, b));
    assertThat(detours(b)).isEmpty();
  }

  @Test
  void nobodyGoesThroughAMemberThatWasNeverHeard() {
    Reachability links = new Reachability(b);
    links.follow(List.of(a, b, c, d), SUSPEND_AFTER); // a died before its first beat
    links.tick(now);
    links.onBeat(c, new Beat(List.of(b), List.of()));
    assertThat(links.detours()).isEmpty();

    links.onBeat(d, new Beat(List.of(), List.of()));
    assertThat(links.detours()).isEqualTo(Map.of(c, d));
  }

  @Test
  void thatHappensBeforeTheLeaderWouldSuspendOneOfThem() {
    cluster(a, b, c);
    cutBothWays(a, c);
    run(SUSPEND_AFTER / 2 + SUSPEND_AFTER / 5 + 2 * TICK);
    assertThat(detours(a)).containsKey(c);
  }

  @Test
  void aLinkThatWorksInOneDirectionIsNotUsed() {
    cluster(a, b, c);
    cut.add(List.of(a, c)); // c does not hear a; a hears from c that it does not
    run(SUSPEND_AFTER);
    assertThat(detours(a)).isEqualTo(Map.of(c, b));
    assertThat(detours(c)).isEqualTo(Map.of(a, b));
  }

  @Test
  void nobodyGoesThroughAMemberThatCannotReachTheOtherEndEither() {
    cluster(a, b, c, d);
    cutBothWays(a, c);
    cutBothWays(b, c);
    run(SUSPEND_AFTER);
    assertThat(detours(a)).isEqualTo(Map.of(c, d));
    assertThat(detours(b)).isEqualTo(Map.of(c, d));
  }

  @Test
  void aMemberThatNobodyHearsIsNotGoneRoundTo() {
    cluster(a, b, c);
    paused.add(c);
    run(2 * SUSPEND_AFTER);
    assertThat(detours(a)).isEmpty();
    assertThat(detours(b)).isEmpty();
  }

  @Test
  void ownPausesBreakNoLink() {
    cluster(a, b, c);
    paused.add(a);
    run(10 * SUSPEND_AFTER);
    paused.clear();
    Beat first = members.get(a).tick(now);
    assertThat(first).isNotNull();
    assertThat(first.unheard()).isEmpty();
  }

  @Test
  void aRelayIsKeptWhileItWillDoAndLeftWhenItCannotAnyMore() {
    cluster(a, b, c, d);
    cutBothWays(a, c);
    run(SUSPEND_AFTER);
    MemberId relay = detours(a).get(c);
    run(SUSPEND_AFTER);
    assertThat(detours(a)).isEqualTo(Map.of(c, relay));
    cutBothWays(relay, c);
    run(SUSPEND_AFTER);
    assertThat(detours(a)).isEqualTo(Map.of(c, relay.equals(b) ? d : b));
  }

  @Test
  void theDirectWayIsTakenAgainWhenTheLinkIsMended() {
    cluster(a, b, c);
    cutBothWays(a, c);
    run(SUSPEND_AFTER);
    cut.clear();
    run(SUSPEND_AFTER / 2);
    assertThat(detours(a)).isEmpty();
    assertThat(detours(c)).isEmpty();
  }

  @Test
  void whoIsNoMemberAnyMoreIsForgotten() {
    cluster(a, b, c);
    cutBothWays(a, c);
    run(SUSPEND_AFTER);
    members.get(a).follow(List.of(a, b), SUSPEND_AFTER);
    assertThat(detours(a)).isEmpty();
    assertThat(members.get(a).peers()).containsExactly(b);
  }

  @Test
  void aBeatComesBackFromTheWireAsItWas() {
    Beat beat = new Beat(List.of(a), List.of(a, c));
    WireWriter writer = new WireWriter(8);
    beat.write(writer);
    WireReader reader = new WireReader(writer.toByteArray());
    assertThat(Beat.read(reader)).isEqualTo(beat);
    reader.expectEnd();
  }
}
