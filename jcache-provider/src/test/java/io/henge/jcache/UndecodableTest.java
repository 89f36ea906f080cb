package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.codec.CodecException;
import io.henge.jcache.codec.UndecodableEntries;
import io.henge.jcache.configuration.InvalidSettingsException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of one application on one cluster, as during its rolling upgrade. */
class UndecodableTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private ClassLoader oldVersion;
  private ClassLoader newVersion;

  @BeforeEach
  void compile(@TempDir Path directory) throws IOException {
    oldVersion = version(directory, 1);
    newVersion = version(directory, 2);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  /** An application with a class shop.Item of a version. */
  private static ClassLoader version(Path directory, int version) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("v" + version));
    Path source = classes.resolve("Item.java");
    Files.writeString(
        source,
        "package shop; public class Item implements java.io.Serializable {"
            + " private static final long serialVersionUID = "
            + version
            + "; public String toString() { return \"version "
            + version
            + "\"; } }");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
    assertThat(failed).isZero();
    return new URLClassLoader(new URL[] {url(classes)}, UndecodableTest.class.getClassLoader());
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  private static Object item(ClassLoader version) {
    try {
      return version.loadClass("shop.Item").getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Cache<String, Object> open(ClassLoader version, String onUndecodable) {
    return open(version, onUndecodable, new MutableConfiguration<>());
  }

  private Cache<String, Object> open(
      ClassLoader version,
      String onUndecodable,
      MutableConfiguration<String, Object> configuration) {
    Properties properties = new Properties();
    if (onUndecodable != null) {
      properties.setProperty("henge.cache.items.on-undecodable", onUndecodable);
    }
    return provider.getCacheManager(null, version, properties).createCache("items", configuration);
  }

  @Test
  void byDefaultAValueOfAnotherVersionIsAnErrorThatSaysWhatToDo() {
    Cache<String, Object> before = open(oldVersion, null);
    Cache<String, Object> after = open(newVersion, null);
    before.put("a", item(oldVersion));
    assertThatThrownBy(() -> after.get("a"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("cache items")
        .hasMessageContaining("shop.Item")
        .hasMessageContaining("serialVersionUID");
    assertThatThrownBy(() -> after.getAll(Set.of("a"))).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> after.iterator().next()).isInstanceOf(CodecException.class);
    assertThat(after.unwrap(UndecodableEntries.class).count()).isEqualTo(3);
    after.put("a", item(newVersion));
    assertThat(after.get("a")).hasToString("version 2");
  }

  @Test
  void asAMissItIsAbsentForEveryReadOfThatMemberAndThereForTheOther() {
    Cache<String, Object> before = open(oldVersion, null);
    Cache<String, Object> after = open(newVersion, "miss");
    before.put("a", item(oldVersion));
    before.put("b", "readable");
    assertThat(after.get("a")).isNull();
    assertThat(after.getAll(Set.of("a", "b"))).isEqualTo(Map.of("b", "readable"));
    Map<String, Object> met = new HashMap<>();
    after.forEach(entry -> met.put(entry.getKey(), entry.getValue()));
    assertThat(met).isEqualTo(Map.of("b", "readable"));
    assertThat(after.replace("a", "old", "new")).isFalse();
    assertThat(after.<Boolean>invoke("a", (entry, arguments) -> entry.exists())).isFalse();
    assertThat(after.unwrap(UndecodableEntries.class).count()).isEqualTo(5);
    assertThat(before.get("a")).hasToString("version 1");
    assertThat(after.getAndPut("a", item(newVersion))).isNull();
    assertThat(after.get("a")).hasToString("version 2");
  }

  @Test
  void aMissIsLoadedByWhoReadsThrough() {
    Cache<String, Object> before = open(oldVersion, "miss", loading(oldVersion));
    Cache<String, Object> after = open(newVersion, "miss", loading(newVersion));
    assertThat(before.get("a")).hasToString("version 1");
    assertThat(after.get("a")).hasToString("version 2");
    assertThat(after.getAll(Set.of("a")).get("a")).hasToString("version 2");
    assertThat(before.getAll(Set.of("a")).get("a")).hasToString("version 1");
    assertThat(before.get("a")).hasToString("version 1");
  }

  private static MutableConfiguration<String, Object> loading(ClassLoader version) {
    CacheLoader<String, Object> loader =
        new CacheLoader<>() {
          @Override
          public Object load(String key) {
            return item(version);
          }

          @Override
          public Map<String, Object> loadAll(Iterable<? extends String> keys) {
            Map<String, Object> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, item(version)));
            return loaded;
          }
        };
    return new MutableConfiguration<String, Object>()
        .setReadThrough(true)
        .setCacheLoaderFactory(() -> loader);
  }

  @Test
  void membersAreUpgradedOneAfterTheOther() {
    ClassLoader[] members = {oldVersion, version1Again(), version1Again()};
    Cache<?, ?>[] caches = new Cache<?, ?>[members.length];
    for (int i = 0; i < members.length; i++) {
      caches[i] = open(members[i], "miss", loading(members[i]));
    }
    for (int upgraded = 0; upgraded < members.length; upgraded++) {
      caches[upgraded].getCacheManager().close();
      members[upgraded] =
          new URLClassLoader(
              ((URLClassLoader) newVersion).getURLs(), UndecodableTest.class.getClassLoader());
      caches[upgraded] = open(members[upgraded], "miss", loading(members[upgraded]));
      for (int i = 0; i < members.length; i++) {
        @SuppressWarnings("unchecked") // opened so
        Cache<String, Object> cache = (Cache<String, Object>) caches[i];
        Object read = cache.get("a");
        assertThat(read).hasToString(i <= upgraded ? "version 2" : "version 1");
        assertThat(read.getClass().getClassLoader()).isSameAs(members[i]);
      }
    }
  }

  private ClassLoader version1Again() {
    return new URLClassLoader(
        ((URLClassLoader) oldVersion).getURLs(), UndecodableTest.class.getClassLoader());
  }

  @Test
  void aBadValueOfTheSettingIsRefused() {
    assertThatThrownBy(() -> open(oldVersion, "ignore"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("on-undecodable")
        .hasMessageContaining("error or miss");
    Properties properties = new Properties();
    properties.setProperty("henge.serialization.filter", "lax");
    properties.setProperty("henge.serialization.allow", "com.shop.**.Item");
    properties.setProperty("henge.serialization.max-depth", "0");
    assertThatThrownBy(() -> provider.getCacheManager(null, newVersion, properties))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.serialization.filter")
        .hasMessageContaining("henge.serialization.allow")
        .hasMessageContaining("henge.serialization.max-depth");
    assertThat(cluster.members).isEmpty();
  }
}
