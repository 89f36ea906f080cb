package io.henge.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a product other than Henge.
 *
 * @param libraries where the profile {@code benchmarks} of the build has put its jars
 * @param ownClasses the classes of this program, which hold the load
 */
record PeerFiles(Path libraries, Path ownClasses) {

  boolean available() {
    return Files.isDirectory(libraries);
  }

  List<String> classPath() {
    List<String> classPath = new ArrayList<>();
    classPath.add(ownClasses.toString());
    try (Stream<Path> jars = Files.list(libraries)) {
      jars.map(Path::toString).sorted().forEach(classPath::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + libraries, e);
    }
    return classPath;
  }

  /** Copies a configuration, a resource beside this class, to where a product can read it. */
  Path configuration(String name, Path directory) {
    Path target = directory.resolve(name);
    try (InputStream in = PeerFiles.class.getResourceAsStream(name)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return target.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  /**
   * What its configuration is filled in with.
   *
   * @param address how it writes a port of the loopback address
   */
  static Map<String, String> cluster(int number, List<Integer> ports, IntFunction<String> address) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("benchmark.cluster", "benchmark-" + ports.get(0));
    properties.put("benchmark.port", Integer.toString(ports.get(number)));
    properties.put(
        "benchmark.members", ports.stream().map(address::apply).collect(Collectors.joining(",")));
    return properties;
  }
}
