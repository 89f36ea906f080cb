package io.henge.admin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.cluster.Identity;
import io.henge.admin.fake.ScriptedCluster;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import org.junit.jupiter.api.Test;

class ProbesTest {

  private static final Pattern SAMPLE =
      Pattern.compile("[a-z_]+\\{([a-z]+=\"([^\"\\\\\n]|\\\\.)*\",?)*\\} -?[0-9.E]+");

  private static Identity node(String state, boolean quorate) {
    return new Identity("orders", "id", "n", "nodeId", state, "Well.", quorate, "1");
  }

  private static List<String> answers(Identity node, String path) {
    return HealthServlet.checks(node, path).stream()
        .map(check -> check.name() + " " + check.status())
        .toList();
  }

  @Test
  void aNodeIsReadyWhileItHasAMajorityAndAliveUntilItIsExpelled() {
    assertThat(answers(node("RUNNING", true), "/health"))
        .containsExactly("henge-live UP", "henge-ready UP");
    assertThat(answers(node("RUNNING", false), "/health/ready"))
        .containsExactly("henge-ready DOWN");
    assertThat(answers(node("STARTING", false), "/health/live")).containsExactly("henge-live UP");
    assertThat(answers(node("EXPELLED", false), "/health/live")).containsExactly("henge-live DOWN");
  }

  @Test
  void metricsAreWhatPrometheusReads() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ScriptedCluster cluster = new ScriptedCluster("or\"d\\e\nrs", 16, 2, "a", "b", "c", "d");
    cluster.register(server);
    try {
      cluster.crash("c");
      ClusterBean bean = new ClusterBeans().find(null).orElseThrow();
      MetricsText text = new MetricsText();
      NodeMetrics.write(bean, text);
      List<String> lines = text.toString().lines().toList();
      assertThat(lines)
          .filteredOn(line -> !line.startsWith("#"))
          .allMatch(line -> SAMPLE.matcher(line).matches());
      assertThat(lines).filteredOn(line -> line.startsWith("# TYPE")).doesNotHaveDuplicates();
      assertThat(lines)
          .anyMatch(line -> line.startsWith("henge_failovers{") && line.endsWith(" 1"))
          .anyMatch(
              line ->
                  line.startsWith("henge_failover_pause_seconds_max{") && line.endsWith(" 0.512"))
          .anyMatch(line -> line.contains("cache=\"carts\""))
          .anyMatch(line -> line.contains("cluster=\"or\\\"d\\\\e\\nrs\""));
    } finally {
      cluster.unregister(server);
    }
  }
}
