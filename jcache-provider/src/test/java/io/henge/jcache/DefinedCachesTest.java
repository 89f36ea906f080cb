package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.configuration.InvalidSettingsException;
import io.henge.jcache.management.CacheStatistics;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches that configuration defines, and what it says by templates. */
class DefinedCachesTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager(String... settings) {
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return provider.getCacheManager(null, null, properties);
  }

  @SuppressWarnings("unchecked") // the class of configurations has parameters
  private static Class<?> valueType(Cache<?, ?> cache) {
    return cache.getConfiguration(Configuration.class).getValueType();
  }

  @Test
  void aCacheWhoseTypesAreConfiguredExistsWithoutCode() {
    CacheManager manager =
        manager(
            "henge.cache.stock.key-type", "java.lang.String",
            "henge.cache.stock.value-type", "java.lang.Integer",
            "henge.cache.stock.backups", "2");
    Cache<String, Integer> stock = manager.getCache("stock", String.class, Integer.class);
    stock.put("apple", 1);
    assertThat(manager.<String, Integer>getCache("stock")).isSameAs(stock);
    assertThat(cluster.definitions.get("stock").copies()).isEqualTo(3);
  }

  @Test
  void otherSettingsAloneDefineNoCache() {
    assertThat(manager("henge.cache.stock.backups", "2").getCache("stock")).isNull();
  }

  @Test
  void aTemplateDefinesEveryCacheThatMatches() {
    CacheManager manager = manager("henge.cache.stock-*.value-type", "java.lang.Integer");
    assertThat(valueType(manager.getCache("stock-eu"))).isEqualTo(Integer.class);
    assertThat(manager.getCache("stock")).isNull();
    assertThat(manager.getCacheNames()).containsExactly("stock-eu");
  }

  @Test
  void theOwnNameGoesBeforeTemplatesAndTheMoreSpecialOnesBeforeTheOthers() {
    CacheManager manager =
        manager(
            "henge.cache.*.backups", "0",
            "henge.cache.stock-*.backups", "1",
            "henge.cache.stock-*-old.backups", "2",
            "henge.cache.stock-eu-old.backups", "3");
    manager.createCache("a", new MutableConfiguration<>());
    manager.createCache("stock-eu", new MutableConfiguration<>());
    manager.createCache("stock-us-old", new MutableConfiguration<>());
    manager.createCache("stock-eu-old", new MutableConfiguration<>());
    assertThat(cluster.definitions.get("a").copies()).isEqualTo(1);
    assertThat(cluster.definitions.get("stock-eu").copies()).isEqualTo(2);
    assertThat(cluster.definitions.get("stock-us-old").copies()).isEqualTo(3);
    assertThat(cluster.definitions.get("stock-eu-old").copies()).isEqualTo(4);
  }

  @Test
  void codeThatDeclaresNoTypesHasTheConfiguredOnes() {
    CacheManager manager = manager("henge.cache.stock.value-type", "java.lang.Integer");
    Cache<Object, Object> cache = manager.createCache("stock", new MutableConfiguration<>());
    assertThat(valueType(cache)).isEqualTo(Integer.class);
  }

  @Test
  void codeThatDisagreesIsRefusedAndBothAreShown() {
    CacheManager manager = manager("henge.cache.stock.value-type", "java.lang.Integer");
    MutableConfiguration<String, Long> other =
        new MutableConfiguration<String, Long>().setTypes(String.class, Long.class);
    assertThatThrownBy(() -> manager.createCache("stock", other))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("values of java.lang.Long")
        .hasMessageContaining("henge.cache.stock.value-type=java.lang.Integer")
        .hasMessageContaining("the properties of getCacheManager");
    assertThat(cluster.definitions).isEmpty();
  }

  @Test
  void everythingThatCodeMayDeclareCanBeConfigured() {
    CacheManager manager =
        manager(
            "henge.cache.stock.value-type", "java.lang.Integer",
            "henge.cache.stock.statistics", "true",
            "henge.cache.stock.management", "true");
    assertThat(flags(manager.getCache("stock"))).containsExactly(true, true);
    assertThat(manager.getCache("stock").unwrap(ClusteredCache.class).management().statistics())
        .returns(true, CacheStatistics::enabled);
  }

  @Test
  void configurationSwitchesOnWhatCodeDoesNotMention() {
    CacheManager manager =
        manager("henge.cache.*.statistics", "true", "henge.cache.stock.management", "true");
    Cache<Object, Object> made = manager.createCache("stock", new MutableConfiguration<>());
    assertThat(flags(made)).containsExactly(true, true);
    HengeCachingProvider other = new HengeCachingProvider(cluster.starter());
    other.getCacheManager().createCache("theirs", new MutableConfiguration<>());
    assertThat(flags(manager.getCache("theirs"))).containsExactly(true, false);
    other.close();
  }

  @SuppressWarnings("unchecked") // the class of configurations has parameters
  private static List<Boolean> flags(Cache<?, ?> cache) {
    CompleteConfiguration<?, ?> configuration = cache.getConfiguration(CompleteConfiguration.class);
    return List.of(configuration.isStatisticsEnabled(), configuration.isManagementEnabled());
  }

  @Test
  void codeThatSwitchesOnWhatConfigurationSwitchesOffIsRefused() {
    CacheManager manager =
        manager("henge.cache.*.statistics", "false", "henge.cache.*.management", "false");
    assertThat(flags(manager.createCache("stock", new MutableConfiguration<>())))
        .containsExactly(false, false);
    assertThatThrownBy(
            () -> manager.createCache("a", new MutableConfiguration<>().setStatisticsEnabled(true)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache a with statistics enabled")
        .hasMessageContaining("henge.cache.*.statistics=false");
    assertThatThrownBy(
            () -> manager.createCache("a", new MutableConfiguration<>().setManagementEnabled(true)))
        .hasMessageContaining("cache a with management enabled");
  }

  @Test
  void anUnknownClassIsNamed() {
    CacheManager manager = manager("henge.cache.stock.key-type", "Strin");
    assertThatThrownBy(() -> manager.getCache("stock"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.cache.stock.key-type=Strin")
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void anotherMembersDefinitionThatDisagreesIsShown() {
    HengeCachingProvider other = new HengeCachingProvider(cluster.starter());
    other
        .getCacheManager()
        .createCache(
            "stock", new MutableConfiguration<Long, Long>().setTypes(Long.class, Long.class));
    CacheManager manager = manager("henge.cache.stock.key-type", "java.lang.String");
    assertThatThrownBy(() -> manager.getCache("stock"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("java.lang.Long")
        .hasMessageContaining("java.lang.String");
    other.close();
  }
}
