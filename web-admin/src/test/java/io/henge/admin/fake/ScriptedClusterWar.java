package io.henge.admin.fake;

import io.henge.replication.membership.LogChain;
import io.henge.replication.node.management.ClusterMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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
      for (Class<?> type : List.of(ScriptedCluster.class, ClusterMXBean.class, LogChain.class)) {
        addPackage(war, type);
      }
    }
  }

  /** A package of a folder of classes or, when Maven has packed them, of a jar. */
  private static void addPackage(JarOutputStream war, Class<?> type) throws Exception {
    Path root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = type.getPackageName().replace('.', '/');
    if (Files.isDirectory(root)) {
      addFolder(war, root.resolve(folder), folder);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(root)) {
        addFolder(war, jar.getPath(folder), folder);
      }
    }
  }

  private static void addFolder(JarOutputStream war, Path from, String folder) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        war.putNextEntry(new JarEntry("WEB-INF/classes/" + folder + "/" + file.getFileName()));
        Files.copy(file, war);
        war.closeEntry();
      }
    }
  }
}
