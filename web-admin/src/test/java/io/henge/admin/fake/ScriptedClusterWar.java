package io.henge.admin.fake;

import io.henge.replication.node.management.ClusterMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Writes the scripted cluster as a WAR: {@code java … ScriptedClusterWar target/scripted.war}. */
public final class ScriptedClusterWar {

  private ScriptedClusterWar() {}

  /** Writes the WAR named by the one argument. */
  public static void main(String[] arguments) throws Exception {
    try (OutputStream file = Files.newOutputStream(Path.of(arguments[0]));
        JarOutputStream war = new JarOutputStream(file)) {
      for (Class<?> type : List.of(ScriptedCluster.class, ClusterMXBean.class)) {
        addPackage(war, type);
      }
    }
  }

  private static void addPackage(JarOutputStream war, Class<?> type) throws Exception {
    URI root = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    String folder = type.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.list(Path.of(root).resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(war, "WEB-INF/classes/" + folder + "/" + file.getFileName(), file);
      }
    }
  }

  private static void add(JarOutputStream war, String name, Path file) throws IOException {
    war.putNextEntry(new JarEntry(name));
    Files.copy(file, war);
    war.closeEntry();
  }
}
