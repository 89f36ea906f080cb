package io.henge.replication.transport;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jgroups.Global;
import org.jgroups.conf.ConfiguratorFactory;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.protocols.Discovery;
import org.jgroups.stack.Configurator;
import org.jgroups.util.StackType;

/**
 * A JGroups configuration of a user: attributes for TCP, and discovery protocols. Everything that
 * {@link StackRules} does not allow is refused when it is read.
 */
final class StackFile {

  private static final String DOTTED = ".";

  private final String location;
  private final ProtocolConfiguration tcp;
  private final List<ProtocolConfiguration> discoveries;

  private StackFile(
      String location, ProtocolConfiguration tcp, List<ProtocolConfiguration> discoveries) {
    this.location = location;
    this.tcp = tcp;
    this.discoveries = discoveries;
  }

  /**
   * Reads and checks a configuration.
   *
   * @param location a file, or a resource of the class path
   * @throws IOException naming the protocol, the attribute and what is allowed
   */
  static StackFile read(String location) throws IOException {
    List<ProtocolConfiguration> protocols;
    try (InputStream in = open(location)) {
      protocols = parse(location, in);
    }
    if (protocols == null || protocols.isEmpty()) {
      throw new IOException(location + " configures no protocol: TCP is needed, and a discovery");
    }
    protocols.forEach(ProtocolConfiguration::substituteVariables);
    List<String> problems = StackRules.problems(protocols);
    if (!problems.isEmpty()) {
      throw new IOException(
          "the JGroups configuration "
              + location
              + " does not suit Henge: "
              + String.join("; ", problems));
    }
    return new StackFile(location, protocols.get(0), protocols.subList(1, protocols.size()));
  }

  private static List<ProtocolConfiguration> parse(String location, InputStream in)
      throws IOException {
    try {
      return ConfiguratorFactory.getStackConfigurator(in).getProtocolStack();
    } catch (Exception e) {
      // JGroups declares Exception for everything that can be wrong with the document.
      throw new IOException(location + " is no JGroups configuration: " + e.getMessage(), e);
    }
  }

  private static InputStream open(String location) throws IOException {
    try {
      Path file = Path.of(location);
      if (Files.isRegularFile(file)) {
        return Files.newInputStream(file);
      }
    } catch (InvalidPathException e) {
      // Then it can only be a resource.
    }
    for (ClassLoader loader :
        new ClassLoader[] {
          Thread.currentThread().getContextClassLoader(), StackFile.class.getClassLoader()
        }) {
      InputStream resource = loader == null ? null : loader.getResourceAsStream(location);
      if (resource != null) {
        return resource;
      }
    }
    throw new IOException(
        "the JGroups configuration "
            + location
            + " is neither a file nor a resource of the class path");
  }

  /** Gives TCP the attributes of the file. */
  void configure(LinkTcp transport, InetAddress bindAddress) throws IOException {
    Map<String, String> attributes = new HashMap<>(tcp.getProperties());
    attributes.keySet().removeIf(name -> name.contains(DOTTED));
    try {
      Configurator.initializeAttrs(
          transport,
          new ProtocolConfiguration(tcp.getProtocolName(), attributes),
          family(bindAddress));
    } catch (Exception e) {
      throw new IOException(location + ": TCP: " + e.getMessage(), e);
    }
  }

  /** The discovery protocols, the lowest first. */
  List<Discovery> discoveries(InetAddress bindAddress) throws IOException {
    List<Discovery> made = new ArrayList<>();
    for (ProtocolConfiguration each : discoveries) {
      try {
        Discovery discovery =
            discoveryClass(each.getProtocolName()).getDeclaredConstructor().newInstance();
        discovery.sendCacheOnJoin(false);
        discovery.discoveryRspExpiryTime(SeedPing.RESPONSE_EXPIRY_MILLIS);
        Configurator.initializeAttrs(discovery, each, family(bindAddress));
        made.add(discovery);
      } catch (Exception e) {
        throw new IOException(location + ": " + each.getProtocolName() + ": " + e.getMessage(), e);
      }
    }
    return made;
  }

  /** The class of a discovery protocol, or null if the name means something else. */
  static Class<? extends Discovery> discoveryClass(String name) {
    for (String candidate : List.of(Global.PREFIX + name, name)) {
      try {
        Class<?> found = Class.forName(candidate, false, StackFile.class.getClassLoader());
        return Discovery.class.isAssignableFrom(found) && !Modifier.isAbstract(found.getModifiers())
            ? found.asSubclass(Discovery.class)
            : null;
      } catch (ClassNotFoundException e) {
        // Then under the other name, or not at all.
      }
    }
    return null;
  }

  private static StackType family(InetAddress bindAddress) {
    return bindAddress instanceof Inet6Address ? StackType.IPv6 : StackType.IPv4;
  }
}
