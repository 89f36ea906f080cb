package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the console is told of annotated methods, read as any JMX client would. */
class MethodOutcomesTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private Container container;
  private Shop shop;

  @BeforeEach
  void start() {
    container = new Container(Shop.class);
    shop = container.bean(Shop.class);
  }

  @AfterEach
  void stop() {
    container.close();
  }

  /** Of all applications with a bean in this process: other tests' containers may run beside. */
  private Map<String, CompositeData> methods() throws Exception {
    Map<String, CompositeData> found = new java.util.TreeMap<>();
    for (ObjectName name :
        server.queryNames(new ObjectName("io.henge:type=CachedMethods,*"), null)) {
      Map<String, CompositeData> rows =
          Arrays.stream((CompositeData[]) server.getAttribute(name, "Methods"))
              .collect(Collectors.toMap(row -> (String) row.get("method"), Function.identity()));
      if (rows.keySet().stream().allMatch(method -> method.startsWith("Shop."))) {
        found.putAll(rows);
      }
    }
    return found;
  }

  private CompositeData of(String method) throws Exception {
    return methods().get("Shop." + method);
  }

  @Test
  void everyCallIsCountedByWhatCameOfIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(shop.title("a")).isEqualTo("title a");
    }
    for (int i = 0; i < 2; i++) {
      assertThat(shop.title("missing")).isNull();
    }
    assertThatThrownBy(() -> shop.title("broken")).hasMessage("no title");
    CompositeData title = of("title");
    assertThat(title.get("annotation")).isEqualTo("CacheResult");
    assertThat(title.get("cache")).isEqualTo("outcomes");
    assertThat(title.get("stored")).isEqualTo(1L);
    assertThat(title.get("fromCache")).isEqualTo(2L);
    assertThat(title.get("nullValues")).isEqualTo(2L);
    assertThat(title.get("methodFailures")).isEqualTo(1L);
    assertThat(title.get("cacheFailures")).isEqualTo(0L);
    assertThat(title.get("lastCacheFailure")).isEqualTo("");
  }

  @Test
  void aValueThatTheCacheDoesNotTakeIsToldWithTheReason() throws Exception {
    assertThatThrownBy(() -> shop.thread("t")).isInstanceOf(RuntimeException.class);
    assertThat(of("thread").get("cacheFailures")).isEqualTo(1L);
    assertThat((String) of("thread").get("lastCacheFailure")).contains("Thread");
  }

  @Test
  void whatIsPutByHandIsCountedToo() throws Exception {
    shop.rename("b", "new");
    shop.rename("b", null);
    assertThatThrownBy(() -> shop.rename("broken", "x")).hasMessage("no rename");
    CompositeData rename = of("rename");
    assertThat(rename.get("annotation")).isEqualTo("CachePut");
    assertThat(rename.get("stored")).isEqualTo(1L);
    assertThat(rename.get("nullValues")).isEqualTo(1L);
    assertThat(rename.get("methodFailures")).isEqualTo(1L);
  }

  @Test
  void theBeanGoesWithItsApplication() throws Exception {
    shop.title("a");
    assertThat(methods()).containsKey("Shop.title");
    container.close();
    assertThat(methods()).isEmpty();
    container = new Container(Shop.class);
  }

  @ApplicationScoped
  @CacheDefaults(cacheName = "outcomes")
  static class Shop {

    @CacheResult
    String title(String article) {
      return switch (article) {
        case "missing" -> null;
        case "broken" -> throw new IllegalStateException("no title");
        default -> "title " + article;
      };
    }

    @CacheResult
    Thread thread(String name) {
      return new Thread(name);
    }

    @CachePut
    void rename(@CacheKey String article, @CacheValue String title) {
      if (article.equals("broken")) {
        throw new IllegalStateException("no rename");
      }
    }
  }
}
