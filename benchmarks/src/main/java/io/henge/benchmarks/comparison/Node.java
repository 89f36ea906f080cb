package io.henge.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * A process that is one node of a product's cluster. It reads commands from its input, one a line,
 * and answers each with one line that begins with {@value #ANSWER}; when the input ends, it ends.
 */
public final class Node {

  /** Marks answers among what a product prints. */
  static final String ANSWER = "@@ ";

  private static final int COLLECTIONS = 3;

  private final Map<String, Cache<String, byte[]>> caches = new HashMap<>();
  private final int valueBytes;
  private final Load load;

  private Node(int keys, int valueBytes) {
    this.valueBytes = valueBytes;
    this.load = new Load(keys, valueBytes);
  }

  /**
   * Runs a node.
   *
   * @param arguments class name of the provider, URI of the manager or "-", modes with commas,
   *     number of keys, bytes of a value
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Node node = new Node(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    try (CachingProvider provider = Caching.getCachingProvider(arguments[0])) {
      URI uri = arguments[1].equals("-") ? provider.getDefaultURI() : URI.create(arguments[1]);
      CacheManager manager = provider.getCacheManager(uri, Node.class.getClassLoader());
      for (String mode : arguments[2].split(",", -1)) {
        node.caches.put(mode, open(manager, mode));
      }
      out.println(ANSWER + "ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(ANSWER + node.execute(line.split(" ", -1)));
      }
    }
    // Some products leave threads behind that keep the process alive.
    System.exit(0);
  }

  private static Cache<String, byte[]> open(CacheManager manager, String name) {
    Cache<String, byte[]> configured = manager.getCache(name);
    return configured != null
        ? configured
        : manager.createCache(name, new MutableConfiguration<String, byte[]>());
  }

  private String execute(String[] command) {
    return switch (command[0]) {
      case "fill" -> fill(command[1], Integer.parseInt(command[2]), Integer.parseInt(command[3]));
      case "count" -> count(command[1], Integer.parseInt(command[2]));
      case "operations" ->
          load.operations(
                  caches.get(command[1]),
                  Operation.of(command[2]),
                  Integer.parseInt(command[3]),
                  Integer.parseInt(command[4]))
              .encode();
      case "time" ->
          load.time(
                  caches.get(command[1]),
                  Operation.of(command[2]),
                  Integer.parseInt(command[3]),
                  Long.parseLong(command[4]))
              .encode();
      case "heap" -> Long.toString(heapAfterCollection());
      default -> throw new IllegalArgumentException("no command " + command[0]);
    };
  }

  /** Fresh arrays, for what would keep a value by reference. */
  private String fill(String cache, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] value = new byte[valueBytes];
      value[0] = (byte) i;
      caches.get(cache).put(Load.key(i), value);
    }
    return "filled";
  }

  /** How many of the first keys are there. */
  private String count(String cache, int to) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      if (caches.get(cache).get(Load.key(i)) == null) {
        missing.add(Load.key(i));
      }
    }
    return Integer.toString(to - missing.size());
  }

  private static long heapAfterCollection() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
