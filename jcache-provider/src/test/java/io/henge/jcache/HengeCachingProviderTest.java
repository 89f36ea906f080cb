package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.configuration.InvalidSettingsException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Properties;
import java.util.ServiceLoader;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HengeCachingProviderTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final ClassLoader otherLoader = new URLClassLoader(new URL[0]);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(ServiceLoader.load(CachingProvider.class))
        .hasExactlyElementsOfTypes(HengeCachingProvider.class);
  }

  @Test
  void nullsMeanTheDefaultsAndGiveTheSameManager() {
    CacheManager manager = provider.getCacheManager();
    assertThat(provider.getCacheManager(null, null)).isSameAs(manager);
    assertThat(provider.getCacheManager(null, null, null)).isSameAs(manager);
    assertThat(provider.getCacheManager(null, null, new Properties())).isSameAs(manager);
    assertThat(provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader()))
        .isSameAs(manager);
    assertThat(manager.getURI()).isEqualTo(URI.create("henge:default"));
    assertThat(manager.getClassLoader()).isSameAs(provider.getDefaultClassLoader());
    assertThat(manager.getCachingProvider()).isSameAs(provider);
    assertThat(manager.getProperties()).isEmpty();
  }

  @Test
  void otherUrisLoadersAndProvidersGiveOtherManagers() {
    CacheManager manager = provider.getCacheManager();
    HengeCachingProvider another = new HengeCachingProvider(cluster.starter());
    assertThat(provider.getCacheManager(URI.create("file:///a.xml"), null)).isNotSameAs(manager);
    assertThat(provider.getCacheManager(null, otherLoader)).isNotSameAs(manager);
    assertThat(another.getCacheManager()).isNotSameAs(manager);
    another.close();
  }

  @Test
  void anApplicationIsOneMemberWhateverTheNumberOfItsManagers() {
    CacheManager manager = provider.getCacheManager();
    CacheManager named = provider.getCacheManager(URI.create("jar:file:/x.jar!/c.xml"), null);
    assertThat(cluster.members).hasSize(1);
    provider.getCacheManager(null, otherLoader);
    assertThat(cluster.members).hasSize(2);
    manager.close();
    manager.close();
    assertThat(cluster.members).hasSize(2);
    named.close();
    assertThat(cluster.members).hasSize(1);
    provider.close();
    assertThat(cluster.members).isEmpty();
  }

  @Test
  void whatWasClosedCanBeOpenedAgain() {
    CacheManager manager = provider.getCacheManager();
    provider.close();
    assertThat(manager.isClosed()).isTrue();
    CacheManager again = provider.getCacheManager();
    assertThat(again).isNotSameAs(manager);
    assertThat(again.isClosed()).isFalse();
    provider.close(provider.getDefaultURI(), null);
    assertThat(again.isClosed()).isTrue();
    assertThat(provider.getCacheManager().isClosed()).isFalse();
  }

  @Test
  void closingALoaderOrAnUnknownPairLeavesTheOthersOpen() {
    CacheManager manager = provider.getCacheManager();
    CacheManager other = provider.getCacheManager(null, otherLoader);
    provider.close(URI.create("unknown:pair"), otherLoader);
    assertThat(other.isClosed()).isFalse();
    provider.close(otherLoader);
    assertThat(other.isClosed()).isTrue();
    assertThat(manager.isClosed()).isFalse();
    provider.close((ClassLoader) null);
    assertThat(manager.isClosed()).isTrue();
  }

  @Test
  void theSettingsReachTheMember() {
    Properties properties = new Properties();
    properties.setProperty("henge.cluster.name", "shop");
    properties.setProperty("other.key", "is left alone");
    CacheManager manager = provider.getCacheManager(null, null, properties);
    assertThat(cluster.members.get(0).settings.clusterName()).isEqualTo("shop");
    assertThat(manager.getProperties()).isEqualTo(properties);
  }

  @Test
  void aBadSettingOpensNothing() {
    Properties properties = new Properties();
    properties.setProperty("henge.cluster.nmae", "shop");
    assertThatThrownBy(() -> provider.getCacheManager(null, null, properties))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.cluster.nmae=shop")
        .hasMessageContaining("properties of getCacheManager")
        .hasMessageContaining("henge.cluster.name?");
    assertThat(cluster.members).isEmpty();
    assertThat(provider.getCacheManager().isClosed()).isFalse();
  }

  @Test
  void aSecondManagerCannotAskTheSameMemberForOtherSettings() {
    CacheManager first = provider.getCacheManager();
    Properties properties = new Properties();
    properties.setProperty("henge.cluster.name", "shop");
    URI uri = URI.create("app:second");
    assertThatThrownBy(() -> provider.getCacheManager(uri, null, properties))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("henge.cluster.name=shop");
    first.close();
    assertThat(provider.getCacheManager(uri, null, properties).isClosed()).isFalse();
    assertThat(cluster.members).hasSize(1);
  }

  @Test
  void urisAreNameSpaces() {
    MutableConfiguration<String, String> configuration = new MutableConfiguration<>();
    Cache<String, String> one = provider.getCacheManager().createCache("orders", configuration);
    Cache<String, String> two =
        provider
            .getCacheManager(URI.create("app:other"), null)
            .createCache("orders", configuration);
    one.put("a", "1");
    assertThat(two.get("a")).isNull();
    assertThat(cluster.definitions.keySet())
        .containsExactlyInAnyOrder("orders", "app:other orders");
    Cache<String, String> three =
        provider.getCacheManager().createCache("app:other orders", configuration);
    assertThat(three.get("a")).isNull();
    assertThat(cluster.definitions).hasSize(3);
  }

  @Test
  void storeByReferenceIsNotSupported() {
    assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isFalse();
  }
}
