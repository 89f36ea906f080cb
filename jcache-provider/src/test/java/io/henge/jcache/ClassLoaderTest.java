package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Objects;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two applications in one process, each with its own copy of the same classes. */
class ClassLoaderTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final ClassLoader first = new Application();
  private final ClassLoader second = new Application();

  /** Defines the classes of this test by itself instead of asking its parent. */
  private static final class Application extends ClassLoader {

    Application() {
      super(ClassLoaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ClassLoaderTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
          byte[] code = Objects.requireNonNull(in).readAllBytes();
          return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }

  public static final class Item implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public static final class Replacer
      implements EntryProcessor<String, Object, String>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String process(MutableEntry<String, Object> entry, Object... arguments) {
      boolean own = entry.getValue().getClass().getClassLoader() == getClass().getClassLoader();
      entry.setValue(new Item());
      return own + " in " + System.identityHashCode(getClass().getClassLoader());
    }
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Cache<String, Object> open(ClassLoader loader) {
    return provider
        .getCacheManager(null, loader, new Properties())
        .createCache("items", new MutableConfiguration<>());
  }

  private static Object instance(String name, ClassLoader loader)
      throws ReflectiveOperationException {
    return Class.forName(ClassLoaderTest.class.getName() + "$" + name, true, loader)
        .getConstructor()
        .newInstance();
  }

  @Test
  void eachApplicationGetsItsOwnClassesWhateverThreadAsks() throws ReflectiveOperationException {
    Cache<String, Object> here = open(first);
    Cache<String, Object> there = open(second);
    here.put("a", instance("Item", first));
    assertThat(here.get("a").getClass().getClassLoader()).isSameAs(first);
    assertThat(there.get("a").getClass().getClassLoader()).isSameAs(second);
  }

  @Test
  void aProcessorRunsWithTheClassesOfTheApplicationAtThePrimary()
      throws ReflectiveOperationException {
    Cache<String, Object> here = open(first);
    open(second);
    cluster.primary = 1;
    here.put("a", instance("Item", first));
    Object result = invoke(here, instance("Replacer", first));
    assertThat(result).isEqualTo("true in " + System.identityHashCode(second));
    assertThat(here.get("a").getClass().getClassLoader()).isSameAs(first);
    assertThat(cluster.calls).contains("invokeAtPrimary").doesNotContain("invokeHere");
  }

  @SuppressWarnings("unchecked")
  private static Object invoke(Cache<String, Object> cache, Object processor) {
    return cache.invoke("a", (EntryProcessor<String, Object, Object>) processor);
  }
}
