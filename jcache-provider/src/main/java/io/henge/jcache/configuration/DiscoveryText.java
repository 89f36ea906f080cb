package io.henge.jcache.configuration;

import io.henge.replication.node.NodeDiscovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how members find each other. */
final class DiscoveryText {

  /** A host, and in brackets a port. */
  private static final Pattern PLACE = Pattern.compile("([^\\[\\]\\s]+)\\[(\\d{1,5})]");

  private static final Pattern NAME = Pattern.compile("[^\\[\\]\\s,/]+");
  private static final String STATIC = "static://";
  private static final String DNS = "dns://";
  private static final String MULTICAST = "multicast://";
  private static final int USUAL_PORT = 7800;

  private DiscoveryText() {}

  /** The discovery that a text means, or empty if it is none. */
  static Optional<NodeDiscovery> parse(String text) {
    if (text.equals("local")) {
      return Optional.of(new NodeDiscovery.ThisMachine());
    }
    if (text.startsWith(STATIC)) {
      return hosts(text.substring(STATIC.length()));
    }
    if (text.startsWith(DNS)) {
      String rest = text.substring(DNS.length());
      return NAME.matcher(rest).matches()
          ? Optional.of(new NodeDiscovery.Dns(rest, USUAL_PORT))
          : place(rest).map(at -> new NodeDiscovery.Dns(at.group(1), portOf(at)));
    }
    if (text.startsWith(MULTICAST)) {
      String rest = text.substring(MULTICAST.length());
      if (rest.isEmpty()) {
        return Optional.of(new NodeDiscovery.Multicast("", 0));
      }
      return NAME.matcher(rest).matches()
          ? Optional.of(new NodeDiscovery.Multicast(rest, 0))
          : place(rest).map(at -> new NodeDiscovery.Multicast(at.group(1), portOf(at)));
    }
    return Optional.empty();
  }

  private static Optional<NodeDiscovery> hosts(String list) {
    List<String> hosts = new ArrayList<>();
    for (String each : list.split(",", -1)) {
      String host = each.strip();
      if (place(host).isEmpty() || hosts.contains(host)) {
        return Optional.empty();
      }
      hosts.add(host);
    }
    return Optional.of(new NodeDiscovery.Hosts(hosts));
  }

  private static Optional<Matcher> place(String text) {
    Matcher matcher = PLACE.matcher(text);
    boolean good = matcher.matches() && portOf(matcher) >= 1 && portOf(matcher) <= 65535;
    return good ? Optional.of(matcher) : Optional.empty();
  }

  private static int portOf(Matcher place) {
    return Integer.parseInt(place.group(2));
  }
}
