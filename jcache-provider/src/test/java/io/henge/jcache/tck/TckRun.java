package io.henge.jcache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;

/**
 * One run of the kit in a JVM of its own; its report and log are in {@code target/tck}. Used by one
 * thread.
 */
final class TckRun implements AutoCloseable {

  private static final long MINUTES = 15;

  private final String name;
  private final String description;
  private final Path report;
  private final Process kit;

  /**
   * Starts a run.
   *
   * @param name of its report and log
   * @param properties system properties of the JVM, {@link TckRunner#ORDER} among them
   */
  TckRun(String name, Jdk jdk, Properties properties) throws IOException {
    this.name = name;
    this.description =
        "JDK " + jdk.version() + ", order " + properties.getProperty(TckRunner.ORDER);
    Path directory = Files.createDirectories(Path.of("target", "tck"));
    report = directory.resolve(name + ".txt");
    Files.deleteIfExists(report);
    File log = directory.resolve(name + ".log").toFile();
    kit =
        new ProcessBuilder(command(jdk.command(), properties))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
  }

  private List<String> command(String java, Properties properties) {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("org.jsr107.tck.support.server.address", "127.0.0.1");
    all.setProperty(CacheManager.class.getName(), CacheManager.class.getName());
    all.setProperty(Cache.class.getName(), Cache.class.getName());
    all.setProperty("javax.cache.Cache.Entry", Cache.Entry.class.getName());
    List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:+UseSerialGC"));
    all.stringPropertyNames().forEach(key -> command.add("-D" + key + "=" + all.get(key)));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(TckRunner.class.getName());
    command.add(report.toString());
    return command;
  }

  /** Waits for the end of the run. */
  List<TckResult> results() throws IOException, InterruptedException {
    assertThat(kit.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends in time").isTrue();
    assertThat(report).as("see target/tck/" + name + ".log").exists();
    return Files.readAllLines(report).stream().map(TckResult::parse).toList();
  }

  /** On which JDK, in which order. */
  @Override
  public String toString() {
    return description;
  }

  @Override
  public void close() {
    kit.destroyForcibly();
  }
}
