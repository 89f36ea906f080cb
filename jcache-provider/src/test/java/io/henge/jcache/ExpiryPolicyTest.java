package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of JSR-107's chapter on expiry: which operation asks which question. */
class ExpiryPolicyTest {

  private static final Duration MINUTE = Duration.ONE_MINUTE;
  private static final long NANOS = TimeUnit.MINUTES.toNanos(1);

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final HengeCachingProvider elsewhere = new HengeCachingProvider(cluster.starter());
  private final List<String> asked = new ArrayList<>();
  private boolean failing;
  private boolean closed;

  /** Notes what it is asked. */
  private final class Noting implements ExpiryPolicy, Closeable {

    private Duration answer(String question) {
      asked.add(question);
      if (failing) {
        throw new IllegalStateException("no answer");
      }
      return MINUTE;
    }

    @Override
    public Duration getExpiryForCreation() {
      return answer("creation");
    }

    @Override
    public Duration getExpiryForAccess() {
      return answer("access");
    }

    @Override
    public Duration getExpiryForUpdate() {
      return answer("update");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @AfterEach
  void close() {
    provider.close();
    elsewhere.close();
  }

  private Cache<String, String> cache(Factory<? extends ExpiryPolicy> policy) {
    return provider
        .getCacheManager()
        .createCache(
            "cache",
            new MutableConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setExpiryPolicyFactory(policy));
  }

  private void assertAsked(Runnable operation, String... questions) {
    asked.clear();
    operation.run();
    assertThat(asked).containsExactly(questions);
  }

  @Test
  void eachOperationAsksWhatTheSpecificationSays() {
    Cache<String, String> cache = cache(Noting::new);
    assertAsked(() -> cache.put("a", "1"), "creation");
    assertAsked(() -> cache.put("a", "2"), "update");
    assertAsked(() -> cache.get("a"), "access");
    assertAsked(() -> cache.get("absent"));
    assertAsked(() -> cache.containsKey("a"));
    assertAsked(() -> cache.getAll(Set.of("a", "absent")), "access");
    assertAsked(() -> cache.getAndPut("a", "3"), "update");
    assertAsked(() -> cache.getAndPut("b", "1"), "creation");
    assertAsked(() -> cache.putAll(Map.of("a", "4")), "update");
    assertAsked(() -> cache.putIfAbsent("a", "5"));
    assertAsked(() -> cache.putIfAbsent("c", "1"), "creation");
    assertAsked(() -> cache.replace("a", "6"), "update");
    assertAsked(() -> cache.replace("absent", "6"));
    assertAsked(() -> cache.replace("a", "6", "7"), "update");
    assertAsked(() -> cache.replace("a", "6", "8"), "access");
    assertAsked(() -> cache.getAndReplace("a", "9"), "update");
    assertAsked(() -> cache.remove("a", "8"), "access");
    assertAsked(() -> cache.remove("a", "9"));
    assertAsked(() -> cache.getAndRemove("b"));
    assertAsked(() -> cache.remove("absent"));
    assertAsked(
        () -> {
          for (Iterator<Cache.Entry<String, String>> i = cache.iterator(); i.hasNext(); ) {
            i.next();
          }
        },
        "access");
    assertAsked(cache::removeAll);
    assertThat(cache).isEmpty();
    assertAsked(cache::clear);
  }

  @Test
  void aProcessorAsksForItsNetEffect() {
    Cache<String, String> cache = cache(Noting::new);
    assertAsked(() -> invoke(cache, true, true), "creation");
    assertAsked(() -> invoke(cache, true, false), "access");
    assertAsked(() -> invoke(cache, true, true), "update");
    assertAsked(() -> invoke(cache, false, false));
  }

  private static void invoke(Cache<String, String> cache, boolean reads, boolean sets) {
    cache.invoke(
        "p",
        (entry, arguments) -> {
          if (reads) {
            entry.getValue();
          }
          if (sets) {
            entry.setValue("x");
          }
          return null;
        });
  }

  @Test
  void answersReachTheEngine() {
    Cache<String, String> cache = cache(Noting::new);
    cache.put("a", "1");
    assertThat(cluster.outcomes).contains("SET " + NANOS);
    cache.get("a");
    assertThat(cluster.calls).contains("touch " + NANOS);
    cache.putAll(Map.of("b", "1", "c", "1"));
    cache.getAll(Set.of("a", "b", "c", "d"));
    assertThat(cluster.calls)
        .containsOnlyOnce("touchAll [" + NANOS + ", " + NANOS + ", " + NANOS + "]");
  }

  @Test
  void aPolicyThatFailsMakesEntriesEternal() {
    Cache<String, String> cache = cache(Noting::new);
    failing = true;
    cache.put("a", "1");
    assertThat(cluster.outcomes).contains("SET " + Long.MAX_VALUE);
    cache.put("a", "2");
    assertThat(cluster.outcomes).contains("SET -1");
    assertThat(cache.get("a")).isEqualTo("2");
    assertThat(cluster.calls).noneMatch(call -> call.startsWith("touch"));
  }

  @Test
  void theSpecificationsOwnPoliciesAreAskedOnce() {
    assertThat(lifetimes(CreatedExpiryPolicy.factoryOf(MINUTE))).isEqualTo(NANOS + " -1 -1");
    assertThat(lifetimes(ModifiedExpiryPolicy.factoryOf(MINUTE)))
        .isEqualTo(NANOS + " " + NANOS + " -1");
    assertThat(lifetimes(AccessedExpiryPolicy.factoryOf(MINUTE))).isEqualTo(NANOS + " -1 " + NANOS);
    assertThat(lifetimes(TouchedExpiryPolicy.factoryOf(MINUTE)))
        .isEqualTo(NANOS + " " + NANOS + " " + NANOS);
    assertThat(lifetimes(CreatedExpiryPolicy.factoryOf(Duration.ZERO))).isEqualTo("0 -1 -1");
    assertThat(lifetimes(TouchedExpiryPolicy.factoryOf(Duration.ETERNAL)))
        .as("accesses that change nothing")
        .isEqualTo(Long.MAX_VALUE + " -1 -1");
  }

  private String lifetimes(Factory<? extends ExpiryPolicy> policy) {
    cache(policy);
    String text = declared();
    provider.getCacheManager().destroyCache("cache");
    return text;
  }

  private String declared() {
    String name = cluster.definitions.keySet().iterator().next();
    return cluster.attributes(name).get("jcache.expiry");
  }

  @Test
  void aSettingHoldsWhereTheApplicationSaysNothingOrTheSame() {
    Properties properties = new Properties();
    properties.setProperty("henge.cache.cache.expiry", "touched 1m");
    provider.getCacheManager(null, null, properties);
    String everywhere = NANOS + " " + NANOS + " " + NANOS;
    assertThat(lifetimes(EternalExpiryPolicy.factoryOf())).isEqualTo(everywhere);
    assertThat(lifetimes(TouchedExpiryPolicy.factoryOf(MINUTE))).isEqualTo(everywhere);
  }

  @Test
  void anApplicationThatSaysSomethingElseIsRefusedAndBothAreShown() {
    Properties properties = new Properties();
    properties.setProperty("henge.cache.cache.expiry", "touched 1m");
    provider.getCacheManager(null, null, properties);
    assertThatThrownBy(() -> cache(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("PT24H after a creation, what was left after an update")
        .hasMessageContaining("henge.cache.cache.expiry=touched 1m");
    assertThatThrownBy(() -> cache(Noting::new))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(Noting.class.getName());
    assertThat(closed).isTrue();
  }

  @Test
  void aBadSettingIsRefused() {
    Properties properties = new Properties();
    properties.setProperty("henge.cache.cache.expiry", "created soon");
    assertThatThrownBy(() -> provider.getCacheManager(null, null, properties))
        .hasMessageContaining("henge.cache.cache.expiry")
        .hasMessageContaining("created 10m");
  }

  @Test
  void whoeverAttachesHasTheLifetimesOfTheMaker() {
    cache(CreatedExpiryPolicy.factoryOf(MINUTE));
    assertThat(elsewhere.getCacheManager().getCache("cache")).isNotNull();
  }

  @Test
  void aPolicyThatHasToBeAskedMustBeThereToAttach() {
    cache(Noting::new);
    assertThatThrownBy(() -> elsewhere.getCacheManager().getCache("cache"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache")
        .hasMessageContaining(Noting.class.getName());
  }

  @Test
  void thePolicyIsClosedWithItsCache() {
    cache(Noting::new).close();
    assertThat(closed).isTrue();
    closed = false;
    cache(Noting::new);
    provider.getCacheManager().destroyCache("cache");
    assertThat(closed).isTrue();
  }
}
