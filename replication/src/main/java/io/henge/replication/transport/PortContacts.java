package io.henge.replication.transport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;

/** Ports of one address. */
final class PortContacts implements Contacts {

  private final List<PhysicalAddress> contacts = new ArrayList<>();

  PortContacts(InetAddress address, SortedSet<Integer> ports) {
    ports.forEach(port -> contacts.add(new IpAddress(address, port)));
  }

  @Override
  public void open(IpAddress self) {
    contacts.remove(self);
  }

  @Override
  public List<PhysicalAddress> now() {
    return contacts;
  }

  @Override
  public void close() {}
}
