package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code henge.annotations.cache-null}. */
class NullResultsTest {

  private static final String SETTING = "henge.annotations.cache-null";

  @AfterEach
  void clear() {
    System.clearProperty(SETTING);
  }

  @Test
  void nullIsRememberedIfThatIsAskedFor() {
    System.setProperty(SETTING, "true");
    try (Container container = new Container(Finder.class)) {
      Finder finder = container.bean(Finder.class);
      assertThat(finder.find("a")).isNull();
      assertThat(finder.find("a")).isNull();
      assertThat(container.calls("find a")).isEqualTo(1);
      finder.put("a", "now");
      assertThat(finder.find("a")).isEqualTo("now");
      finder.put("a", null);
      assertThat(finder.find("a")).isNull();
      assertThat(container.calls("find a")).isEqualTo(1);
    }
  }

  @Test
  @DisabledIfSystemProperty(
      named = "cdi",
      matches = "openwebbeans",
      disabledReason = "OpenWebBeans tells the reason in its log only")
  void aBadValueIsFoundAtDeployment() {
    System.setProperty(SETTING, "yes");
    assertThatThrownBy(() -> new Container(Finder.class).close())
        .hasMessageContaining(SETTING + "=yes")
        .hasMessageContaining("true or false");
  }

  @ApplicationScoped
  public static class Finder {

    @Inject private Calls calls;

    @CacheResult(cacheName = "found")
    public String find(String key) {
      calls.add("find " + key);
      return null;
    }

    @CachePut(cacheName = "found")
    public void put(String key, @CacheValue String value) {}
  }
}
