package io.henge.replication.transport;

import java.util.function.Consumer;
import org.jgroups.Message;
import org.jgroups.protocols.Bundler;

/**
 * Where JGroups' stack ends and the links begin: hands each message to the link of its receiver.
 * JGroups' own bundlers either write in the caller's thread, which blocks on a stopped peer, or
 * queue for all peers alike.
 */
final class LinkBundler implements Bundler {

  private final Consumer<Message> links;

  LinkBundler(Consumer<Message> links) {
    this.links = links;
  }

  @Override
  public void send(Message message) {
    links.accept(message);
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public int size() {
    return 0;
  }

  @Override
  public int getQueueSize() {
    return -1;
  }

  @Override
  public int getMaxSize() {
    return FrameHeader.LARGEST_MESSAGE_BYTES;
  }
}
