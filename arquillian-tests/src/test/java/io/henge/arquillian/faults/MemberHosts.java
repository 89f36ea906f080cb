package io.henge.arquillian.faults;

import io.henge.arquillian.network.NamespaceNetwork;
import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hosts of a network with a member on each, found by {@code static://} and host names; the members
 * found together. One thread uses it.
 */
final class MemberHosts implements AutoCloseable {

  private final NamespaceNetwork network;
  private final Path directory;
  private final Map<String, String> settings;
  private final Map<NetworkHost, WorkerProcess> members = new LinkedHashMap<>();

  /**
   * Makes the network; starts nobody.
   *
   * @param title names the cluster and the directory of the logs
   * @param particular settings beyond those for finding each other
   */
  MemberHosts(String title, int size, Map<String, String> particular) {
    directory = Path.of("target", "faults", title).toAbsolutePath();
    forgetLogs(directory);
    network = new NamespaceNetwork(size);
    Path names = directory.resolve("hosts");
    network.writeHostsFile(names);
    settings = new TreeMap<>();
    settings.put("jdk.net.hosts.file", names.toString());
    settings.put("henge.cluster.name", title);
    settings.put("henge.transport.port-range", "0");
    settings.put(
        "henge.discovery",
        network.hosts().stream()
            .map(host -> host.name() + "[7800]")
            .collect(Collectors.joining(",", "static://", "")));
    settings.putAll(particular);
  }

  private static void forgetLogs(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
          Files.delete(log);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NamespaceNetwork network() {
    return network;
  }

  List<NetworkHost> hosts() {
    return network.hosts();
  }

  /** Where a member's process writes what it logs. */
  Path logOf(NetworkHost host) {
    return directory.resolve(host.name() + ".log");
  }

  /** Starts a member in the place of the one before, if there was one; does not wait for it. */
  WorkerProcess start(NetworkHost host) {
    WorkerProcess before = members.get(host);
    if (before != null) {
      before.awaitEnd();
    }
    Map<String, String> own = new TreeMap<>(settings);
    own.put("henge.transport.bind-address", host.name());
    WorkerProcess member = WorkerProcess.start(host.name(), directory, own, host.launcher());
    members.put(host, member);
    return member;
  }

  /** The member on a host. */
  WorkerProcess on(NetworkHost host) {
    return members.get(host);
  }

  /** The members that were started last on each host. */
  List<WorkerProcess> members() {
    return new ArrayList<>(members.values());
  }

  /** Ends every process, in good order where possible, and then the network. */
  @Override
  public void close() {
    try (network) {
      network.heal();
      CompletableFuture.allOf(
              members.values().stream()
                  .map(member -> CompletableFuture.runAsync(member::close))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    }
  }
}
