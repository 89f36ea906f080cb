package io.henge.admin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.admin.fake.ScriptedCluster;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterBeanTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ClusterBeans beans = new ClusterBeans();
  private final List<ScriptedCluster> registered = new ArrayList<>();

  private ScriptedCluster cluster(String name, String... members) throws Exception {
    ScriptedCluster cluster = new ScriptedCluster(name, 16, 2, members);
    cluster.register(server);
    registered.add(cluster);
    return cluster;
  }

  private ClusterBean bean() {
    return beans.find(null).orElseThrow();
  }

  @AfterEach
  void unregister() throws Exception {
    for (ScriptedCluster cluster : registered) {
      cluster.unregister(server);
    }
  }

  @Test
  void noBeanIsFoundWhereNoNodeRuns() {
    assertThat(beans.all()).isEmpty();
    assertThat(beans.find(null)).isEmpty();
  }

  @Test
  void severalNodesOfOneServerAreToldApartByClusterAndNode() throws Exception {
    cluster("orders", "b");
    cluster("a \"quoted\", odd=name", "a");
    assertThat(beans.all())
        .extracting(ClusterBean::key)
        .containsExactly("a \"quoted\", odd=name/a", "orders/b");
    assertThat(beans.find("orders/b"))
        .hasValueSatisfying(bean -> assertThat(bean.identity().clusterName()).isEqualTo("orders"));
    assertThat(beans.find("orders/a")).isEmpty();
  }

  @Test
  void everythingTheBeanSaysIsRead() throws Exception {
    ScriptedCluster cluster = cluster("orders", "node-a", "node-b", "node-c");
    cluster.crash("node-c");
    View view = bean().view();
    assertThat(view.slot()).isEqualTo(1802);
    assertThat(view.members()).extracting(Member::name).containsExactly("node-a", "node-b");
    assertThat(view.voterIds()).hasSize(3);
    assertThat(view.member(view.leaderId()).name()).isEqualTo("node-b");
    assertThat(view.partitions()).hasSize(16);
    assertThat(view.members().get(0).self()).isTrue();
    assertThat(view.members().get(0).role()).isEqualTo("data");
    assertThat(view.members().stream().mapToInt(Member::primaries).sum()).isEqualTo(16);
    Failover failover = bean().failovers().get(0);
    assertThat(failover.memberName()).isEqualTo("node-c");
    assertThat(failover.cause()).isEqualTo("crash");
    assertThat(failover.phases())
        .extracting(Phase::name)
        .containsExactly("suspect", "agree", "barrier", "promote", "replicate");
    assertThat(failover.phases().get(4).running()).isTrue();
    assertThat(failover.callers()).isEqualTo(new Callers(31, 37, 0, 0, 534));
    assertThat(bean().caches()).extracting(CacheInfo::name).containsExactly("carts", "prices");
    assertThat(bean().eventsAfter(3))
        .extracting(Event::kind)
        .containsExactly("Suspect", "RemoveMember");
    assertThat(bean().identity().quorate()).isTrue();
    ClusterStatistics statistics = bean().clusterStatistics("carts");
    assertThat(statistics.cache()).isEqualTo("carts");
    assertThat(statistics.members()).extracting("member").containsExactly("node-a", "node-b");
    assertThat(statistics.sum().get().p99Micros()).isEqualTo(104);
    assertThat(statistics.sum().hits())
        .isEqualTo(statistics.members().stream().mapToLong(m -> m.hits()).sum());
    assertThat(bean().locate("carts", "0261").inSyncIds()).isNotEmpty();
  }

  @Test
  void aBeanOfAForeignClassLoaderIsReadAsWell() throws Exception {
    URL[] path = {
      ScriptedCluster.class.getProtectionDomain().getCodeSource().getLocation(),
      ScriptedCluster.class
          .getMethod("getView")
          .getReturnType()
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
    };
    try (URLClassLoader foreign = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = foreign.loadClass(ScriptedCluster.class.getName());
      assertThat(type).isNotEqualTo(ScriptedCluster.class);
      Object cluster =
          type.getConstructor(String.class, int.class, int.class, String[].class)
              .newInstance("foreign", 8, 1, new String[] {"x"});
      Object name = type.getMethod("register", MBeanServer.class).invoke(cluster, server);
      try {
        assertThat(bean().key()).isEqualTo("foreign/x");
        assertThat(bean().view().partitions()).hasSize(8);
        assertThat(bean().identity().state()).isEqualTo("RUNNING");
      } finally {
        server.unregisterMBean((ObjectName) name);
      }
    }
  }

  @Test
  void aCallAfterTheNodeStoppedSaysThatItIsGone() throws Exception {
    ScriptedCluster cluster = cluster("orders", "a");
    ClusterBean bean = bean();
    cluster.unregister(server);
    registered.clear();
    assertThatThrownBy(bean::view)
        .isInstanceOf(ClusterGoneException.class)
        .hasMessageContaining("orders/a");
    assertThatThrownBy(() -> bean.eventsAfter(0)).isInstanceOf(ClusterGoneException.class);
  }

  @Test
  void whatTheNodeRefusesComesWithItsOwnWords() throws Exception {
    cluster("orders", "a");
    ClusterBean bean = bean();
    assertThatThrownBy(() -> bean.locate("nothing", "00"))
        .isInstanceOf(ClusterRefusedException.class)
        .hasMessage("There is no cache named nothing.");
  }

  @Test
  void whatIsLeftIsFoundAgainAndTheNodeSaysWhat() throws Exception {
    ScriptedCluster cluster = cluster("orders", "a", "b", "c");
    ClusterBean bean = bean();
    List<String> left = List.of(bean.identity().nodeId());
    assertThatThrownBy(() -> bean.foundAgain("orders", left))
        .isInstanceOf(ClusterRefusedException.class)
        .hasMessage("this member has a lease");
    cluster.silence(List.of("b", "c"));
    cluster.quorate(false);
    assertThat(bean.foundAgain("orders", left)).startsWith("founded again with [a]");
    assertThat(bean.view().members()).extracting(Member::name).containsExactly("a");
  }

  @Test
  void changesAreToldUntilTheListenerIsForgotten() throws Exception {
    ScriptedCluster cluster = cluster("orders", "a", "b");
    AtomicInteger told = new AtomicInteger();
    NotificationListener listener = (notification, handback) -> told.incrementAndGet();
    ClusterBean bean = bean();
    bean.listen(listener);
    cluster.join("c");
    assertThat(told).hasValue(1);
    bean.forget(listener);
    cluster.join("d");
    assertThat(told).hasValue(1);
    bean.forget(listener);
  }
}
