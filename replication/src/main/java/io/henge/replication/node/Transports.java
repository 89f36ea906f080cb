package io.henge.replication.node;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.Discovery;
import io.henge.replication.transport.JGroupsTransport;
import io.henge.replication.transport.LoneTransport;
import io.henge.replication.transport.Transport;
import io.henge.replication.transport.TransportSettings;
import io.henge.replication.transport.tls.TlsSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Makes a node's transport from its settings. */
final class Transports {

  private static final Logger LOG = System.getLogger(Transports.class.getPackageName());
  private static final int LOCAL_PORT_SPAN = 16;
  private static final int QUEUE_FRAMES = 8192;
  private static final long QUEUE_BYTES = 16L << 20;

  private Transports() {}

  /** A transport that has not started. */
  static Transport create(NodeSettings settings, MemberId self) {
    if (settings.discovery() instanceof NodeDiscovery.Alone) {
      return new LoneTransport(self);
    }
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

  /** Says where a member is reached. */
  static void announce(NodeSettings settings, Transport started) {
    if (started.port() == 0) {
      LOG.log(Level.INFO, "{0} is alone: its caches are local", settings.nodeName());
    } else {
      LOG.log(
          Level.INFO,
          "{0} listens on {1}:{2,number,#} as {3} in cluster {4}",
          settings.nodeName(),
          started.host(),
          started.port(),
          started.self(),
          settings.clusterName());
    }
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
