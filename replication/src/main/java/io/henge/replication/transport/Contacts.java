package io.henge.replication.transport;

import java.io.IOException;
import java.util.List;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;

/** Addresses at which members may listen; discovery asks each of them. */
interface Contacts extends AutoCloseable {

  /**
   * Called once, before anything else.
   *
   * @param self where this member listens
   */
  void open(IpAddress self) throws IOException;

  /** The addresses as of now; called by one thread, once in each round, and may block. */
  List<PhysicalAddress> now();

  /** Gives threads and sockets back; idempotent. */
  @Override
  void close();
}
