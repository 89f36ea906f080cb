package io.henge.replication.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.protocols.Discovery;

/** What a JGroups configuration may hold: TCP with some attributes, and discovery protocols. */
final class StackRules {

  private static final List<String> PACKAGES_OF_JGROUPS =
      List.of("org.jgroups.protocols", "org.jgroups.protocols.dns");

  private static final long SMALLEST_BUFFER = 2L * SendWindow.BOUND;

  /** Attributes of TCP that a user may set, and how. */
  private static final Map<String, Allowed> TCP_ATTRIBUTES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("send_buf_size", new Numbers(SMALLEST_BUFFER, 1L << 30)),
              Map.entry("recv_buf_size", new Numbers(SMALLEST_BUFFER, 1L << 30)),
              Map.entry("sock_conn_timeout", new Numbers(50, 5000)),
              Map.entry("peer_addr_read_timeout", new Numbers(50, 5000)),
              Map.entry("buffered_input_stream_size", new Numbers(0, 16 << 20)),
              Map.entry("buffered_output_stream_size", new Numbers(0, 16 << 20)),
              Map.entry("external_addr", new Anything()),
              Map.entry("external_port", new Numbers(0, 65535)),
              Map.entry("client_bind_addr", new Anything()),
              Map.entry("client_bind_port", new Numbers(0, 65535)),
              Map.entry("defer_client_bind_addr", new Only("true", "false")),
              Map.entry("tcp_nodelay", new Only("true")),
              Map.entry("message_processing_policy", new Only("all-direct")),
              Map.entry("use_virtual_threads", new Only("false")),
              Map.entry("non_blocking_sends", new Only("false")),
              Map.entry("diag.enabled", new Only("false"))));

  /** Why other attributes are refused, by the beginning of their names; the longest counts. */
  private static final Map<String, String> TCP_REFUSALS =
      new TreeMap<>(
          Map.of(
              "bind_addr", "set henge.transport.bind-address instead",
              "bind_port", "set henge.transport.bind-port instead",
              "port_range", "set henge.transport.port-range instead",
              "tls", "set henge.tls.certificate and henge.tls.trust instead",
              "bundler", "every peer has a queue of its own, no bundler for all of them",
              "thread_pool", "frames are handled on the thread that reads them",
              "conn_expire_time",
                  "a connection that is closed because it is idle looks like a death",
              "reaper_interval",
                  "a connection that is closed because it is idle looks like a death",
              "logical_addr_cache", "an address once learned must not be forgotten",
              "diag", "the diagnostics port lets anybody look inside and call operations"));

  /** Why other protocols are refused, by what their names contain. */
  private static final Map<String, String> PROTOCOL_REFUSALS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("GMS", "members are decided by Henge's own log, and no view is read"),
              Map.entry("MERGE", "there are no views that could be merged"),
              Map.entry("FD_", "failures are judged by leases, not by a detector of the stack"),
              Map.entry("VERIFY_SUSPECT", "failures are judged by leases; it would only add delay"),
              Map.entry("NAKACK", "nothing is multicast"),
              Map.entry("STABLE", "nothing is multicast"),
              Map.entry(
                  "UNICAST", "what is lost is sent again by Henge, which knows if it still counts"),
              Map.entry("FC", "flow control would block senders; Henge has windows of its own"),
              Map.entry("FRAG", "large values are cut by Henge itself"),
              Map.entry("ENCRYPT", "set henge.tls.certificate and henge.tls.trust instead"),
              Map.entry("AUTH", "set henge.tls.certificate and henge.tls.trust instead"),
              Map.entry("STATE", "copies of partitions are made by Henge itself"),
              Map.entry("UDP", "connections tell of lost peers, datagrams do not"),
              Map.entry("TCP_NIO2", "it hands what it reads to other threads"),
              Map.entry("TUNNEL", "it depends on a router"),
              Map.entry("MPING", "set henge.discovery=multicast://group[port] instead"),
              Map.entry("FILE_PING", "it writes its list when views change, and there are none"),
              Map.entry("JDBC_PING", "it writes its list when views change, and there are none")));

  private sealed interface Allowed {
    boolean accepts(String value);
  }

  private record Numbers(long least, long most) implements Allowed {
    @Override
    public boolean accepts(String value) {
      return value.matches("\\d{1,12}")
          && Long.parseLong(value) >= least
          && Long.parseLong(value) <= most;
    }

    @Override
    public String toString() {
      return "a number from " + least + " to " + most;
    }
  }

  private record Only(List<String> values) implements Allowed {
    private Only(String... values) {
      this(List.of(values));
    }

    @Override
    public boolean accepts(String value) {
      return values.contains(value);
    }

    @Override
    public String toString() {
      return String.join(" or ", values);
    }
  }

  private record Anything() implements Allowed {
    @Override
    public boolean accepts(String value) {
      return true;
    }
  }

  private StackRules() {}

  /** Everything that is wrong, one phrase each. */
  static List<String> problems(List<ProtocolConfiguration> protocols) {
    List<String> problems = new ArrayList<>();
    ProtocolConfiguration first = protocols.get(0);
    if (first.getProtocolName().equals("TCP")) {
      new TreeMap<>(first.getProperties())
          .forEach((attribute, value) -> checkAttribute(attribute, value, problems));
    } else {
      problems.add(
          "its transport is "
              + first.getProtocolName()
              + ", allowed is only TCP"
              + because(first.getProtocolName()));
    }
    if (protocols.size() == 1) {
      problems.add("it has no discovery protocol, such as TCPPING or dns.DNS_PING");
    }
    for (ProtocolConfiguration protocol : protocols.subList(1, protocols.size())) {
      checkDiscovery(protocol.getProtocolName(), problems);
    }
    return problems;
  }

  private static void checkAttribute(String attribute, String value, List<String> problems) {
    Allowed allowed = TCP_ATTRIBUTES.get(attribute);
    if (allowed == null) {
      String why =
          TCP_REFUSALS.entrySet().stream()
              .filter(refusal -> attribute.startsWith(refusal.getKey()))
              .map(Map.Entry::getValue)
              .reduce((shorter, longer) -> longer)
              .orElse("allowed are " + new TreeSet<>(TCP_ATTRIBUTES.keySet()));
      problems.add("TCP: the attribute " + attribute + " is not allowed: " + why);
    } else if (!allowed.accepts(value)) {
      problems.add("TCP: " + attribute + "=" + value + " is not allowed, only " + allowed);
    }
  }

  private static void checkDiscovery(String name, List<String> problems) {
    String why = because(name);
    Class<? extends Discovery> type = StackFile.discoveryClass(name);
    boolean own = type != null && !PACKAGES_OF_JGROUPS.contains(type.getPackageName());
    boolean known = name.equals("TCPPING") || name.equals("dns.DNS_PING");
    if (!known && (!own || isFileBased(type))) {
      problems.add(
          "the protocol "
              + name
              + " is not allowed, only TCPPING, dns.DNS_PING and discovery protocols from outside"
              + " JGroups"
              + why);
    }
  }

  private static boolean isFileBased(Class<? extends Discovery> type) {
    return org.jgroups.protocols.FILE_PING.class.isAssignableFrom(type);
  }

  private static String because(String name) {
    return PROTOCOL_REFUSALS.entrySet().stream()
        .filter(refusal -> name.contains(refusal.getKey()))
        .map(refusal -> ": " + refusal.getValue())
        .reduce((shorter, longer) -> longer)
        .orElse("");
  }
}
