package io.henge.admin.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.document.ClusterDocument;
import io.henge.admin.document.EventDocument;
import io.henge.admin.document.FailoverDetail;
import io.henge.admin.document.FailoverDocument;
import io.henge.admin.fake.ScriptedCluster;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.MBeanServer;
import org.junit.jupiter.api.Test;

class FailoverReportTest {

  private static final String EVIL = "<img src=x onerror=alert(1)>\"'&amp;";

  private static String report(String name) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ScriptedCluster cluster = new ScriptedCluster(name, 16, 2, "node-a", "node-b", "node-c");
    cluster.register(server);
    try {
      cluster.crash("node-c");
      ClusterBean bean = new ClusterBeans().find(null).orElseThrow();
      FailoverDocument failover = FailoverDocument.of(bean.failovers().get(0), name);
      FailoverDetail detail =
          FailoverDetail.of(
              failover,
              bean.viewIfKept(failover.id() - 1),
              bean.viewIfKept(failover.id()),
              bean.allEvents().stream().map(EventDocument::of).toList(),
              3);
      return FailoverReport.of(
          detail, ClusterDocument.of(bean.key(), bean.identity(), bean.view(), 1));
    } finally {
      cluster.unregister(server);
    }
  }

  @Test
  void theReportTellsPhasesPartitionsAndLog() throws Exception {
    String report = report("orders");
    assertThat(report)
        .contains("node-c failed (crash)", "No acknowledged synchronous write was lost.")
        .contains("promoted copies were in sync at slot 1801", "at most 3 acknowledged")
        .contains("<td>barrier<td>47 ms<td>486 ms")
        .contains("31 operations were held up, at most 534 ms; they were tried again 37 times")
        .contains("RemoveMember");
  }

  @Test
  void itNeedsAndAllowsNothingFromElsewhere() throws Exception {
    String report = report("orders");
    assertThat(report).contains("default-src 'none'; style-src 'unsafe-inline'");
    assertThat(report).doesNotContain("<script", "src=", "href=", "url(", "@import", "http:");
  }

  @Test
  void aTextOfTheClusterIsNeverMarkup() throws Exception {
    String report = report(EVIL);
    assertThat(report).doesNotContain("<img").contains("&lt;img src=x onerror=alert(1)&gt;");
    assertThat(report).contains("&quot;&#39;&amp;amp;");
    assertThat(List.of(report.split("<html"))).hasSize(2);
  }
}
