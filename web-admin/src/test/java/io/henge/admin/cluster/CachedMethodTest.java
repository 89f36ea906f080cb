package io.henge.admin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.fake.ScriptedMethods;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class CachedMethodTest {

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();

  @Test
  void theMethodsOfAllApplicationsAreRead() throws Exception {
    assertThat(CachedMethod.read(server)).isEmpty();
    for (int i = 1; i <= 2; i++) {
      ObjectName name = new ObjectName("io.henge:type=CachedMethods,number=" + i);
      server.registerMBean(new ScriptedMethods(), name);
    }
    assertThat(CachedMethod.read(server))
        .hasSize(4)
        .startsWith(
            new CachedMethod(
                "Baskets.of",
                "CacheResult",
                "carts",
                18820,
                941,
                31,
                0,
                1,
                "CodecException: shop.Basket cannot be encoded"));
  }
}
