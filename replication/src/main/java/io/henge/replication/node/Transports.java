package io.henge.replication.node;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.Discovery;
import io.henge.replication.transport.JGroupsTransport;
import io.henge.replication.transport.Transport;
import io.henge.replication.transport.TransportSettings;
import io.henge.replication.transport.tls.TlsSettings;
import java.util.List;
import java.util.Optional;

/** Makes a node's transport from its settings. */
final class Transports {

  private static final int LOCAL_PORT_SPAN = 16;
  private static final int QUEUE_FRAMES = 8192;
  private static final long QUEUE_BYTES = 16L << 20;

  private Transports() {}

  /** A transport that has not started. */
  static Transport create(NodeSettings settings, MemberId self) {
    return new JGroupsTransport(
        TransportSettings.builder()
            .clusterName(settings.clusterName())
            .nodeName(settings.nodeName())
            .bindAddress(settings.bindAddress())
            .bindPort(settings.bindPort())
            .portRange(settings.portRange())
            .discovery(discovery(settings.discovery()))
            .tls(settings.tls().map(Transports::tls))
            .queueFramesPerPeer(QUEUE_FRAMES)
            .queueBytesPerPeer(QUEUE_BYTES)
            .build(),
        self);
  }

  private static Discovery discovery(NodeDiscovery discovery) {
    if (discovery instanceof NodeDiscovery.Hosts listed) {
      return new Discovery.Hosts(listed.hosts());
    }
    if (discovery instanceof NodeDiscovery.Dns dns) {
      return new Discovery.Hosts(List.of(dns.name() + "[" + dns.port() + "]"));
    }
    if (discovery instanceof NodeDiscovery.Multicast multicast) {
      return new Discovery.Multicast(
          multicast.group().isEmpty() ? Discovery.DEFAULT_GROUP : multicast.group(),
          multicast.port() == 0 ? Discovery.DEFAULT_GROUP_PORT : multicast.port());
    }
    if (discovery instanceof NodeDiscovery.JGroupsFile file) {
      return new Discovery.Configured(file.location());
    }
    return new Discovery.ThisMachine(LOCAL_PORT_SPAN);
  }

  private static TlsSettings tls(TlsFiles files) {
    return new TlsSettings(
        files.certificate(),
        Optional.ofNullable(files.key()),
        files.trust(),
        Optional.ofNullable(files.password()),
        Optional.ofNullable(files.trustPassword()),
        files.memberNames());
  }
}
