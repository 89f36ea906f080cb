package io.henge.jcache.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.configuration.MemberSettings;
import io.henge.jcache.configuration.Settings;
import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.Engine;
import io.henge.replication.node.HengeNode;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.MemberView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The witness jar as a process, beside a member in this JVM and one in another process. */
class WitnessIT {

  private static final int PORT = 7420;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MOST_RESIDENT_KILOBYTES = 150 * 1024;

  private final List<Process> processes = new ArrayList<>();
  private Engine member;

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    if (member != null) {
      member.close();
    }
  }

  private static Properties settings(String name) {
    Properties properties = new Properties();
    properties.setProperty("henge.cluster.name", "witness-it");
    properties.setProperty("henge.node.name", name);
    properties.setProperty("henge.transport.bind-port", Integer.toString(PORT));
    properties.setProperty("henge.transport.port-range", "10");
    properties.setProperty("henge.cluster.partitions", "16");
    return properties;
  }

  private Process start(String name, List<String> what) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    Properties properties = settings(name);
    properties
        .stringPropertyNames()
        .forEach(key -> command.add("-D" + key + "=" + properties.getProperty(key)));
    command.addAll(what);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    processes.add(process);
    return process;
  }

  private Process startWitness(String name) throws IOException {
    return start(name, List.of("-jar", witnessJar().toString()));
  }

  private static Path witnessJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-witness.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no witness jar: run mvn package first"));
    }
  }

  private Process startDataMember(String name) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return start(name, List.of("-cp", classPath, DataMember.class.getName()));
  }

  /** A member that holds entries until it is killed. */
  static final class DataMember {
    public static void main(String[] arguments) throws InterruptedException {
      Engine engine =
          HengeNode.start(
              MemberSettings.read(
                  Settings.of(new Properties(), DataMember.class.getClassLoader())));
      open(engine);
      Thread.currentThread().join();
    }
  }

  private static ReplicatedCache open(Engine engine) {
    return engine.openCache("carts", CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private ClusterMXBean bean() throws Exception {
    ObjectName name =
        new ObjectName(
            "io.henge:type=Cluster,name="
                + ObjectName.quote(member.clusterName())
                + ",node="
                + ObjectName.quote(member.nodeName()));
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(), name, ClusterMXBean.class);
  }

  private void awaitVotersAndTwoCopies(String... names) throws Exception {
    ClusterMXBean bean = bean();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                Arrays.stream(bean.getView().getMembers())
                        .filter(MemberView::isVoter)
                        .map(MemberView::getName)
                        .collect(Collectors.toSet())
                        .equals(Set.of(names))
                    && Arrays.stream(bean.getView().getPartitions()).allMatch(row -> row[2] == 2));
  }

  @Test
  void twoDataMembersAndAWitnessProcessSurviveTheLossOfAnyOne() throws Exception {
    member =
        HengeNode.start(
            MemberSettings.read(Settings.of(settings("a"), WitnessIT.class.getClassLoader())));
    ReplicatedCache cache = open(member);
    Process witness = startWitness("w");
    final Process other = startDataMember("b");
    awaitVotersAndTwoCopies("a", "b", "w");
    cache.put("k".getBytes(UTF_8), "1".getBytes(UTF_8));

    assertThat(residentKilobytes(witness)).isLessThan(MOST_RESIDENT_KILOBYTES);
    kill(witness);
    cache.put("k".getBytes(UTF_8), "2".getBytes(UTF_8));

    startWitness("w2");
    awaitVotersAndTwoCopies("a", "b", "w2");
    kill(other);
    assertThat(cache.get("k".getBytes(UTF_8))).isEqualTo("2".getBytes(UTF_8));
    cache.put("k".getBytes(UTF_8), "3".getBytes(UTF_8));
    assertThat(cache.get("k".getBytes(UTF_8))).isEqualTo("3".getBytes(UTF_8));
  }

  @Test
  void aWrongSettingEndsTheWitnessAtOnce() throws Exception {
    Process witness = start("w", List.of("-Dhenge.lease=never", "-jar", witnessJar().toString()));

    assertThat(witness.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(witness.exitValue()).isEqualTo(2);
  }

  /** What the process holds in memory; 0 where the system does not tell. */
  private static long residentKilobytes(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      long resident =
          lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0);
      System.out.println("the witness holds " + resident / 1024 + " MB");
      return resident;
    }
  }
}
