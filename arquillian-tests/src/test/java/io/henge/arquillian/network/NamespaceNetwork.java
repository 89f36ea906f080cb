package io.henge.arquillian.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hosts on one switch, each a network namespace of its own, the switch one more; nothing is seen of
 * them in the machine's own network. Removed when it is closed, when this JVM ends, or, if this JVM
 * was killed, when the next network is made. Needs Linux, root and {@code ip}. One thread uses it.
 *
 * <p>A link is cut in one direction by telling the sender a wrong link address of the receiver: the
 * frames leave, and nobody takes them. Neither end is told, as with an unplugged cable behind a
 * switch.
 */
public final class NamespaceNetwork implements AutoCloseable {

  private static final String PREFIX = "henge-";
  private static final String NOBODY = "02:00:00:00:ff:ff";
  private static final String CARD = "eth0";

  private final String prefix;
  private final List<NetworkHost> hosts;
  private final Thread atExit;

  /** Makes a network of hosts {@code member-1}, {@code member-2} and so on. */
  public NamespaceNetwork(int size) {
    removeLeftovers();
    String token = Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
    prefix = PREFIX + ProcessHandle.current().pid() + "-" + token + "-";
    hosts =
        IntStream.rangeClosed(1, size)
            .mapToObj(
                number ->
                    new NetworkHost(
                        "member-" + number,
                        "10.77.0." + number,
                        prefix + "member-" + number,
                        String.format("02:00:00:00:00:%02x", number)))
            .toList();
    atExit = new Thread(() -> remove(prefix), "remove-" + prefix);
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      make();
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Why this machine cannot have such networks; empty if it can. */
  public static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("network namespaces need Linux, this is " + System.getProperty("os.name"));
    }
    try (NamespaceNetwork network = new NamespaceNetwork(2)) {
      return network.hosts().isEmpty() ? Optional.of("no hosts") : Optional.empty();
    } catch (IllegalStateException | UncheckedIOException failure) {
      return Optional.of("network namespaces need root and 'ip': " + failure.getMessage());
    }
  }

  private void make() {
    String hub = prefix + "switch";
    Commands.run("ip", "netns", "add", hub);
    Commands.run("ip", "-n", hub, "link", "add", "hub", "type", "bridge");
    Commands.run("ip", "-n", hub, "link", "set", "hub", "up");
    for (int i = 0; i < hosts.size(); i++) {
      NetworkHost host = hosts.get(i);
      String port = "port" + i;
      Commands.run("ip", "netns", "add", host.namespace());
      inNamespace(
          hub,
          List.of(
              "link add " + port + " type veth peer name " + CARD + " netns " + host.namespace(),
              "link set " + port + " master hub up"));
      inNamespace(
          host.namespace(),
          List.of(
              "link set lo up",
              "link set " + CARD + " address " + host.linkAddress(),
              "link set " + CARD + " up",
              "addr add " + host.address() + "/24 dev " + CARD));
    }
    heal();
  }

  /** The hosts, in the order of their numbers. */
  public List<NetworkHost> hosts() {
    return hosts;
  }

  /** Writes a hosts file that names all hosts, for the system property jdk.net.hosts.file. */
  public void writeHostsFile(Path file) {
    List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
    hosts.forEach(host -> lines.add(host.address() + " " + host.name()));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets everything that {@code from} sends to {@code to} vanish; not the other direction. */
  public void cutOneWay(NetworkHost from, NetworkHost to) {
    inNamespace(from.namespace(), List.of(neighbour(to, NOBODY)));
  }

  /** Cuts both directions between each host of the one and each host of the other side. */
  public void cut(List<NetworkHost> side, List<NetworkHost> other) {
    for (NetworkHost host : side) {
      inNamespace(host.namespace(), other.stream().map(to -> neighbour(to, NOBODY)).toList());
    }
    for (NetworkHost host : other) {
      inNamespace(host.namespace(), side.stream().map(to -> neighbour(to, NOBODY)).toList());
    }
  }

  /** Makes every link whole. */
  public void heal() {
    for (NetworkHost host : hosts) {
      inNamespace(
          host.namespace(),
          hosts.stream()
              .filter(other -> !other.equals(host))
              .map(other -> neighbour(other, other.linkAddress()))
              .toList());
    }
  }

  /**
   * Slows down what a host sends: by 50 ms with variation where the kernel has {@code netem},
   * otherwise by a narrow link that queues for up to 300 ms and then drops.
   *
   * @return which of the two it is, in words
   */
  public String slowDown(NetworkHost host) {
    try {
      queueing(host, "add", "netem", "delay", "50ms", "20ms");
      return "50 ms delay";
    } catch (IllegalStateException withoutNetem) {
      queueing(host, "add", "tbf", "rate", "256kbit", "burst", "2kb", "latency", "300ms");
      return "256 kbit/s, queue of 300 ms";
    }
  }

  /** Ends {@link #slowDown}. */
  public void speedUp(NetworkHost host) {
    queueing(host, "del");
  }

  private static void queueing(NetworkHost host, String verb, String... discipline) {
    List<String> command = new ArrayList<>(host.launcher());
    command.addAll(List.of("tc", "qdisc", verb, "dev", CARD, "root"));
    command.addAll(List.of(discipline));
    Commands.run(command.toArray(String[]::new));
  }

  private static String neighbour(NetworkHost host, String linkAddress) {
    return "neigh replace "
        + host.address()
        + " lladdr "
        + linkAddress
        + " nud permanent dev "
        + CARD;
  }

  private static void inNamespace(String namespace, List<String> commands) {
    String batch = commands.stream().collect(Collectors.joining("\n", "", "\n"));
    Commands.runWithInput(batch, "ip", "-n", namespace, "-batch", "-");
  }

  @Override
  public void close() {
    remove(prefix);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyShuttingDown) {
      // It has run or does so now.
    }
  }

  /** Removes what JVMs that were killed have left, with the processes in it. */
  private static void removeLeftovers() {
    for (String namespace : namespaces(PREFIX)) {
      String maker = namespace.substring(PREFIX.length()).replaceFirst("-.*", "");
      if (maker.matches("\\d+") && ProcessHandle.of(Long.parseLong(maker)).isEmpty()) {
        remove(PREFIX + maker + "-");
      }
    }
  }

  private static void remove(String prefix) {
    for (String namespace : namespaces(prefix)) {
      for (String pid : Commands.run("ip", "netns", "pids", namespace).split("\\s+", -1)) {
        if (!pid.isEmpty()) {
          ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
      Commands.run("ip", "netns", "delete", namespace);
    }
  }

  private static List<String> namespaces(String prefix) {
    return Commands.run("ip", "netns", "list")
        .lines()
        .map(line -> line.replaceFirst("\\s.*", ""))
        .filter(namespace -> namespace.startsWith(prefix))
        .toList();
  }
}
