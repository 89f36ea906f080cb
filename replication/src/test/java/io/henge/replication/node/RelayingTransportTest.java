package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.NodeBootstrap;
import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.LoneTransport;
import io.henge.replication.transport.Transport.Channel;
import io.henge.replication.transport.TransportListener;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayingTransportTest {

  private static final long TICK = 10_000_000L;

  private final MemberId a = new MemberId(0, 1);
  private final MemberId b = new MemberId(0, 2);
  private final MemberId c = new MemberId(0, 3);
  private final Map<MemberId, RelayingTransport> transports = new TreeMap<>();
  private final Map<MemberId, Cut> cuts = new TreeMap<>();
  private final Map<MemberId, TransportListener> wires = new TreeMap<>();
  private final Set<Set<MemberId>> cut = new HashSet<>();
  private final List<String> arrived = new ArrayList<>();
  private final List<Long> silences = new ArrayList<>();
  private long now;

  @BeforeEach
  void threeMembers() throws Exception {
    ClusterState state = state();
    for (MemberId id : List.of(a, b, c)) {
      RelayingTransport transport =
          new RelayingTransport(
              new Direct(id), "test", cuts.computeIfAbsent(id, key -> new Cut(() -> now)));
      transports.put(id, transport);
      transport.start(
          new Recorder((from, text) -> arrived.add(from.low() + " -> " + id.low() + ": " + text)));
    }
    transports.values().forEach(transport -> transport.follow(null, state));
    run(state.timings().suspendAfter());
  }

  private ClusterState state() {
    List<Member> members =
        Stream.of(a, b, c)
            .map(
                id ->
                    new Member(
                        id, "n", "h", 1, "", "h", MemberRole.DATA, 1, MemberState.JOINING, 0))
            .toList();
    ClusterTimings timings = new ClusterTimings(300_000_000L, 1_000_000_000L, 30_000_000_000L);
    return ClusterState.founded(a, "test", timings, 2, members, NodeBootstrap.VOTERS, 1);
  }

  private void run(long time) {
    for (long end = now + time; now < end; now += TICK) {
      transports.values().forEach(transport -> transport.tick(now));
    }
  }

  private void cutBetweenTheFirstAndTheThird() {
    cut.add(Set.of(a, c));
    run(state().timings().suspendAfter());
  }

  @Test
  void theDirectWayIsToldHowLongMembersMayBeSilent() {
    assertThat(silences).containsExactly(1_000_000_000L, 1_000_000_000L, 1_000_000_000L);
  }

  @Test
  void framesGoDirectlyWhileTheLinkWorks() {
    send(a, c, "hello");
    assertThat(arrived).containsExactly("1 -> 3: hello");
  }

  @Test
  void aFrameOverABrokenLinkArrivesAsFromItsSender() {
    cutBetweenTheFirstAndTheThird();
    send(a, c, "hello");
    send(c, a, "you too");
    assertThat(arrived).containsExactly("1 -> 3: hello", "3 -> 1: you too");
  }

  @Test
  void aFrameIsPassedOnOnlyOnce() {
    cutBetweenTheFirstAndTheThird();
    cut.add(Set.of(b, c)); // the second member would find a way round if it looked for one
    send(a, c, "hello");
    assertThat(arrived).isEmpty();
  }

  @Test
  void whoIsCutOffHearsNobodyAndIsHeardByNobodyUntilItIsOver() {
    cuts.get(c).begin(1_000_000_000L);
    run(500_000_000L);
    send(a, c, "hello");
    send(c, a, "you too");
    send(a, b, "still here?");
    assertThat(arrived).containsExactly("1 -> 2: still here?");
    send(c, c, "alone");
    assertThat(arrived).contains("3 -> 3: alone");
    run(1_500_000_000L);
    arrived.clear();
    send(a, c, "hello");
    send(c, a, "you too");
    assertThat(arrived).containsExactly("1 -> 3: hello", "3 -> 1: you too");
  }

  @Test
  void theListenerIsToldNothingOfBeats() {
    run(1_000_000_000L);
    assertThat(arrived).isEmpty();
  }

  private void send(MemberId from, MemberId to, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] frame = new byte[bytes.length + 1];
    frame[0] = Frames.PARTITION;
    System.arraycopy(bytes, 0, frame, 1, bytes.length);
    transports.get(from).send(to, Channel.DATA, frame);
  }

  private record Recorder(BiConsumer<MemberId, String> arrived) implements TransportListener {

    @Override
    public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
      assertThat(buffer[offset]).isEqualTo((byte) Frames.PARTITION);
      arrived.accept(from, new String(buffer, offset + 1, length - 1, UTF_8));
    }

    @Override
    public void onPeerAppeared(MemberId peer) {}

    @Override
    public void onConnectionLost(MemberId peer, String evidence) {}
  }

  /** Delivers at once, at an odd place of a larger buffer as the real one does. */
  private final class Direct extends LoneTransport {

    private Direct(MemberId self) {
      super(self);
    }

    @Override
    public void start(TransportListener listener) {
      wires.put(self(), listener);
    }

    @Override
    public void send(MemberId to, Channel channel, WireWriter frame) {
      if (self().equals(to) || !cut.contains(Set.of(self(), to))) {
        byte[] packet = new byte[frame.size() + 7];
        System.arraycopy(frame.array(), 0, packet, 3, frame.size());
        wires.get(to).onFrame(self(), packet, 3 + HEADROOM, frame.size() - HEADROOM);
      }
    }

    @Override
    public void allowSilence(long nanos) {
      silences.add(nanos);
    }
  }
}
