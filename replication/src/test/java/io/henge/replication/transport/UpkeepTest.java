package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;
import org.jgroups.Message;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

class UpkeepTest {

  private static final System.Logger LOG = System.getLogger(UpkeepTest.class.getName());
  private static final MemberId MEMBER = new MemberId(0, 1);
  private static final MemberId STRANGER = new MemberId(0, 2);
  private static final MemberId TALKATIVE = new MemberId(0, 3);

  private final Peers peers =
      new Peers((address, window) -> link(address, window), address -> link(address, null));
  private final Upkeep upkeep = new Upkeep(LOG, peers, null, (to, kind) -> {}, peers::forget);

  private static PeerLink link(IpAddress address, SendWindow window) {
    return new PeerLink(
        address,
        window,
        new NoWire(),
        Runnable::run,
        new Counters(LOG, "test"),
        new Cork(),
        false,
        10,
        1000,
        0);
  }

  private static final class NoWire implements PeerLink.Wire {
    @Override
    public boolean isConnected(IpAddress address) {
      return false;
    }

    @Override
    public void writeConnected(IpAddress address, List<Message> batch) {}

    @Override
    public void write(IpAddress address, List<Message> batch) {}
  }

  private void learn(MemberId id) {
    peers.learn(id, new IpAddress(7800 + (int) id.low()));
  }

  @Test
  void whoIsNoMemberAndLongSilentIsForgotten() {
    peers.keep(Set.of(MEMBER));
    learn(MEMBER);
    learn(STRANGER);
    learn(TALKATIVE);

    for (int round = 0; round <= Upkeep.STRANGERS_ROUNDS; round++) {
      assertThat(peers.find(STRANGER)).as("round " + round).isNotNull();
      peers.find(TALKATIVE).spoke();
      upkeep.forgetStrangers();
    }

    assertThat(peers.all()).extracting(Peer::id).containsExactlyInAnyOrder(MEMBER, TALKATIVE);
  }

  @Test
  void aMemberIsRememberedUntilItIsNone() {
    peers.keep(Set.of(MEMBER));
    learn(MEMBER);
    for (int round = 0; round < 100; round++) {
      upkeep.forgetStrangers();
    }
    assertThat(peers.find(MEMBER)).isNotNull();

    peers.keep(Set.of());
    upkeep.forgetStrangers();
    assertThat(peers.find(MEMBER)).isNull();
  }
}
