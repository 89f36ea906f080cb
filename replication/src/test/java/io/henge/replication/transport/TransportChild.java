package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import java.util.Arrays;

/** A member in a process of its own that sends every frame back, until its input ends. */
final class TransportChild {

  private TransportChild() {}

  public static void main(String[] arguments) throws Exception {
    MemberId self = MemberId.parse(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    String seed = TransportFixture.seed(Integer.parseInt(arguments[2]));
    try (JGroupsTransport transport =
        new JGroupsTransport(TransportFixture.settings("c", port, seed), self)) {
      transport.start(new Echo(transport));
      System.out.println("ready");
      System.in.readAllBytes();
    }
  }

  private record Echo(JGroupsTransport transport) implements TransportListener {

    @Override
    public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
      transport.send(
          from, Transport.Channel.DATA, Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void onPeerAppeared(MemberId peer) {}

    @Override
    public void onConnectionLost(MemberId peer, String evidence) {}
  }
}
