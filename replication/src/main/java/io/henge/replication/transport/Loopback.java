package io.henge.replication.transport;

import java.util.List;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.stack.IpAddress;

/** Delivers what a member sends to itself, on the thread of a link like any other. */
final class Loopback implements PeerLink.Wire {

  private final Address self;
  private final Consumer<Message> receiver;

  Loopback(Address self, Consumer<Message> receiver) {
    this.self = self;
    this.receiver = receiver;
  }

  /** Never: a caller must not find itself in its own listener. */
  @Override
  public boolean isConnected(IpAddress address) {
    return false;
  }

  @Override
  public void writeConnected(IpAddress address, List<Message> batch) {
    write(address, batch);
  }

  @Override
  public void write(IpAddress address, List<Message> batch) {
    for (Message message : batch) {
      receiver.accept(message.setSrc(self));
    }
  }
}
