package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Entries that expire in two real members, over JGroups on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiryIT {

  private static final javax.cache.expiry.Duration SHORT =
      new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 300);
  private static final javax.cache.expiry.Duration NONE = javax.cache.expiry.Duration.ZERO;

  private final RealMembers members = new RealMembers("expiry", 2);
  private int caches;

  @BeforeAll
  void start(@TempDir Path runDirectory) throws IOException {
    members.start(runDirectory);
  }

  @AfterAll
  void stop() {
    members.close();
  }

  private Cache<String, String> cache(Factory<? extends ExpiryPolicy> policy) {
    return members
        .manager(0)
        .createCache(
            "cache-" + ++caches,
            new MutableConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setExpiryPolicyFactory(policy));
  }

  private Cache<String, String> elsewhere() {
    return await() // the other member hears of a new cache a moment later
        .until(
            () -> members.manager(1).getCache("cache-" + caches, String.class, String.class),
            Objects::nonNull);
  }

  private static void awaitGone(Cache<String, String> cache, String key) {
    await().atMost(Duration.ofSeconds(10)).until(() -> !cache.containsKey(key));
  }

  @Test
  @SuppressWarnings("unchecked") // unwrap knows no parameters
  void anEntryCanLiveForATimeOfItsOwn() {
    Cache<String, String> eternal = cache(EternalExpiryPolicy.factoryOf());
    HengeCache<String, String> henge = eternal.unwrap(HengeCache.class);
    for (int i = 0; i < 20; i++) {
      henge.put("short " + i, "value", Duration.ofMillis(300));
      eternal.put("cut short " + i, "value");
      assertThat(henge.expireAfter("cut short " + i, Duration.ofMillis(300))).isTrue();
      String key = "prolonged " + i;
      await() // a slow machine may let it expire in between
          .until(
              () -> {
                henge.put(key, "value", Duration.ofMillis(300));
                return henge.expireAfter(key, Duration.ofHours(1));
              });
    }
    eternal.put("eternal", "value");
    assertThat(henge.locate("eternal").backups()).hasSize(1);
    assertThat(elsewhere().get("short 0")).isIn("value", null);
    for (int i = 0; i < 20; i++) {
      awaitGone(elsewhere(), "short " + i);
      awaitGone(elsewhere(), "cut short " + i);
      assertThat(eternal.get("short " + i)).isNull();
      assertThat(elsewhere().get("prolonged " + i)).isEqualTo("value");
    }
    assertThat(eternal.get("eternal")).isEqualTo("value");
    assertThat(henge.size()).isEqualTo(21);
  }

  @Test
  void entriesAreGoneOnEveryMemberAfterTheirTime() {
    Cache<String, String> cache = cache(CreatedExpiryPolicy.factoryOf(SHORT));
    for (int i = 0; i < 100; i++) {
      cache.put("key" + i, "value");
    }
    for (int i = 0; i < 100; i++) {
      awaitGone(elsewhere(), "key" + i);
      assertThat(cache.get("key" + i)).isNull();
    }
    assertThat(cache.iterator().hasNext()).isFalse();
    assertThat(elsewhere().putIfAbsent("key1", "new")).isTrue();
  }

  @Test
  void aLifetimeOfNothingIsNoEntry() {
    Cache<String, String> cache = cache(CreatedExpiryPolicy.factoryOf(NONE));
    cache.put("a", "1");
    cache.putAll(Map.of("b", "1"));
    cache.getAndPut("c", "1");
    cache.putIfAbsent("d", "1");
    cache.invoke(
        "e",
        (entry, arguments) -> {
          entry.setValue("1");
          return null;
        });
    assertThat(cache.iterator().hasNext()).isFalse();
    assertThat(elsewhere().containsKey("a")).isFalse();
    assertThat(cache.remove("a")).isFalse();
  }

  @Test
  void anAccessMayEndALife() {
    Cache<String, String> cache = cache(AccessedExpiryPolicy.factoryOf(NONE));
    cache.put("a", "1");
    assertThat(cache.get("a")).isNull();
    Cache<String, String> once = cache(OnceRead::new);
    once.put("a", "1");
    assertThat(once.containsKey("a")).isTrue();
    assertThat(once.get("a")).isEqualTo("1");
    assertThat(once.get("a")).isNull();
  }

  @Test
  void anUpdateMayProlongALifeOrEndIt() {
    Cache<String, String> cache = cache(ModifiedExpiryPolicy.factoryOf(SHORT));
    cache.put("a", "1");
    cache.put("a", "2");
    awaitGone(cache, "a");
  }

  @Test
  void whatIsUsedStays() {
    Cache<String, String> cache = cache(TouchedExpiryPolicy.factoryOf(SHORT));
    cache.put("used", "1");
    cache.put("unused", "1");
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> cache.get("used") == null || !elsewhere().containsKey("unused"));
    assertThat(cache.get("used")).isEqualTo("1");
    awaitGone(elsewhere(), "used");
  }

  /** Another policy than the specification's own. */
  private static final class OnceRead implements ExpiryPolicy {

    @Override
    public javax.cache.expiry.Duration getExpiryForCreation() {
      return javax.cache.expiry.Duration.ETERNAL;
    }

    @Override
    public javax.cache.expiry.Duration getExpiryForAccess() {
      return NONE;
    }

    @Override
    public javax.cache.expiry.Duration getExpiryForUpdate() {
      return null;
    }
  }
}
