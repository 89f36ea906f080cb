package io.henge.replication.membership;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The listed hosts, and where each of them listens. A host that is listed by its name is known by
 * no address until {@link #resolved} tells one; members introduce themselves by addresses.
 */
final class FoundingHosts {

  private final SortedMap<String, Set<String>> addresses = new TreeMap<>();

  /** Takes {@code host[port]} each. */
  FoundingHosts(Collection<String> listed) {
    listed.forEach(host -> addresses.put(host, Set.of(host)));
  }

  /** Notes the addresses of a listed host in place of those known before. */
  void resolved(String host, Set<String> now) {
    addresses.computeIfPresent(host, (same, before) -> Set.copyOf(now));
  }

  /** The listed host that is found at an address, or null. */
  String at(String address) {
    for (var host : addresses.entrySet()) {
      if (host.getValue().contains(address)) {
        return host.getKey();
      }
    }
    return null;
  }

  /** The hosts as they are listed. */
  Set<String> listed() {
    return new TreeSet<>(addresses.keySet());
  }

  /** The hosts as they are listed, in an order that all members agree on. */
  List<String> sorted() {
    return List.copyOf(addresses.keySet());
  }

  int size() {
    return addresses.size();
  }
}
