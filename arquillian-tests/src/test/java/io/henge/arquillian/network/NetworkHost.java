package io.henge.arquillian.network;

import java.util.List;

/**
 * A host of a {@link NamespaceNetwork}.
 *
 * @param name its host name
 * @param address its IPv4 address
 * @param namespace the network namespace that it is
 * @param linkAddress the address of its network card
 */
public record NetworkHost(String name, String address, String namespace, String linkAddress) {

  /** What stands before a command that shall run on this host; its process id stays the same. */
  public List<String> launcher() {
    return List.of("ip", "netns", "exec", namespace);
  }
}
