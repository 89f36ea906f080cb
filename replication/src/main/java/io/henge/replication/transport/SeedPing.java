package io.henge.replication.transport;

import java.util.List;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.util.ByteArray;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;

/**
 * Asks the {@link Contacts} for members, by the messages of JGroups' own discovery protocols. Who
 * once asked is not asked for ever, as JGroups' static discovery does: an address that nobody
 * listens at any more would cost an attempt to connect in every round.
 */
final class SeedPing extends Discovery {

  static final long RESPONSE_EXPIRY_MILLIS = 2000;

  private final Contacts contacts;

  SeedPing(Contacts contacts) {
    this.contacts = contacts;
    this.id = ClassConfigurator.getProtocolId(TCPPING.class);
    this.send_cache_on_join = false;
    // A request is kept until it expires; the default of a minute would keep one for each round.
    this.discovery_rsp_expiry_time = RESPONSE_EXPIRY_MILLIS;
  }

  @Override
  public boolean isDynamic() {
    return true;
  }

  @Override
  protected void findMembers(List<Address> members, boolean initial, Responses responses) {
    PhysicalAddress here =
        (PhysicalAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr));
    ByteArray self = marshal(new PingData(local_addr, false, NameCache.get(local_addr), here));
    PingHeader header =
        new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(cluster_name).initialDiscovery(initial);
    for (PhysicalAddress contact : contacts.now()) {
      Message request =
          new BytesMessage(contact)
              .setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
              .setFlag(Message.TransientFlag.DONT_LOOPBACK)
              .putHeader(id, header)
              .setArray(self);
      down_prot.down(request);
    }
  }
}
