package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireWriter;
import java.util.Set;

/**
 * The transport of a member that has nobody to talk to: no sockets, no threads. What is sent is
 * dropped, as to any unknown peer; what a member says to itself never comes here. Thread-safe.
 */
public class LoneTransport implements Transport {

  private static final String HOST = "localhost";

  private final MemberId self;

  /** Creates the transport of a member. */
  public LoneTransport(MemberId self) {
    this.self = self;
  }

  @Override
  public MemberId self() {
    return self;
  }

  /** This machine, for people: nobody reaches the member. */
  @Override
  public String host() {
    return HOST;
  }

  /** No port. */
  @Override
  public int port() {
    return 0;
  }

  @Override
  public void start(TransportListener listener) {}

  @Override
  public void send(MemberId to, Channel channel, WireWriter frame) {}

  @Override
  public void together(Runnable sends) {
    sends.run();
  }

  @Override
  public boolean isSendingLarge(MemberId to) {
    return false;
  }

  @Override
  public boolean isReceivingLarge(MemberId from) {
    return false;
  }

  @Override
  public void allowSilence(long nanos) {}

  @Override
  public void keep(Set<MemberId> members) {}

  @Override
  public void learnAddress(MemberId peer, String host, int port) {}

  @Override
  public void forget(MemberId peer) {}

  @Override
  public TransportStatistics statistics() {
    return new TransportStatistics(0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
