package io.henge.arquillian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.henge.sample.Deliveries;
import io.henge.sample.Increment;
import io.henge.sample.PriceList;
import io.henge.sample.Quote;
import io.henge.sample.SharedCaches;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Inside one server: the sample application, with Henge as one jar, and what is around it there.
 */
@ExtendWith(ArquillianExtension.class)
class OneServerIT {

  private static final String PROVIDER = "io.henge.jcache.HengeCachingProvider";

  @Inject private SharedCaches caches;
  @Inject private PriceList prices;
  @Inject private Deliveries deliveries;
  @Inject private Shelves shelves;
  @Inject private CacheManager manager;
  @Inject private CachingProvider provider;

  @Inject
  @Named("notes")
  private Cache<String, String> notes;

  @Deployment
  static WebArchive sample() {
    WebArchive sample =
        ShrinkWrap.createFromZipFile(
            WebArchive.class, new File(System.getProperty("servers.sample")));
    File oneJar = new File(System.getProperty("servers.one-jar"));
    assertTrue(oneJar.isFile(), oneJar + " is not there; run the build's phase 'package' first");
    sample.delete("/WEB-INF/lib");
    ShrinkWrap.create(WebArchive.class)
        .addAsLibrary(oneJar)
        .addClass(PlainServlet.class)
        .as(ZipExporter.class)
        .exportTo(withoutBeans(), true);
    ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("servers.console")))
        .addAsLibrary(new File(System.getProperty("servers.witness-jar")))
        .as(ZipExporter.class)
        .exportTo(consoleThatJoins(), true);
    return sample
        .addAsLibrary(oneJar)
        .addClasses(ServerRuntime.class, Holdings.class, Shelves.class, ShelfBean.class);
  }

  /** An application that consists of a servlet. */
  private static File withoutBeans() {
    return new File(new File(System.getProperty("servers.sample")).getParentFile(), "plain.war");
  }

  /** The console with the engine; the server's settings tell it to join. */
  private static File consoleThatJoins() {
    return new File(new File(System.getProperty("servers.sample")).getParentFile(), "joins.war");
  }

  @Test
  void theServiceLoaderFindsTheProviderOfTheApplicationAndNoOther() {
    List<String> providers =
        StreamSupport.stream(Caching.getCachingProviders().spliterator(), false)
            .map(provider -> provider.getClass().getName())
            .toList();
    assertEquals(List.of(PROVIDER), providers);
    CachingProvider provider = Caching.getCachingProvider();
    assertSame(SharedCaches.class.getClassLoader(), provider.getClass().getClassLoader());
  }

  @Test
  void hazelcastIsOff() {
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(thread -> thread.getName().toLowerCase(Locale.ROOT))
            .filter(name -> name.startsWith("hz.") || name.contains("hazelcast"))
            .toList();
    assertEquals(List.of(), threads);
  }

  @Test
  void injectedCachesStoreAndCount() {
    Cache<String, String> carts = caches.carts();
    carts.put("ada", "two books");
    assertEquals("two books", carts.get("ada"));
    assertTrue(carts.remove("ada"));
    assertFalse(carts.containsKey("ada"));
    assertEquals(1L, caches.counters().invoke("visits", new Increment()));
    assertEquals(2L, caches.counters().invoke("visits", new Increment()));
  }

  @Test
  void annotatedMethodsOfInjectedBeansAreCached() {
    Quote first = prices.price("chair");
    assertEquals(first, prices.price("chair"));
    prices.change("chair", new Quote("chair", 7, "a test"));
    assertEquals(7, prices.price("chair").cents());
    prices.forget("chair");
    assertNotEquals(first, prices.price("chair"));
    prices.forgetAll();
    assertFalse(caches.manager().getCache("prices").iterator().hasNext());
  }

  @Test
  void annotatedMethodsOfEnterpriseBeansAreCached() {
    String tour = deliveries.tour("Ulm");
    assertEquals(tour, deliveries.tour("Ulm"));
    deliveries.cancel("Ulm");
    assertNotEquals(tour, deliveries.tour("Ulm"));

    String shelf = shelves.shelfOf("chair");
    assertEquals(shelf, shelves.shelfOf("chair"));
    shelves.move("chair", "the one at the window");
    assertEquals("the one at the window", shelves.shelfOf("chair"));
  }

  @Test
  void cachesManagersAndProvidersAreInjectedWithoutTheServersOwn() {
    assertEquals("notes", notes.getName());
    notes.put("chair", "a note");
    assertEquals("a note", caches.manager().getCache("notes").get("chair"));
    assertEquals(caches.manager().getURI(), manager.getURI());
    assertEquals(PROVIDER, manager.getCachingProvider().getClass().getName());
    assertEquals(caches.manager().getCachingProvider().getDefaultURI(), provider.getDefaultURI());
  }

  @Test
  void aSecondApplicationSharesTheEntriesAndNoClass() throws Exception {
    ServerRuntime server = new ServerRuntime();
    Quote here = prices.price("table");
    server.deploy("second");
    try {
      assertEquals(2, ServerRuntime.members());
      // The other application has its own class Quote, and reads what this one has stored.
      assertTrue(server.get("second/api/prices/table").contains(here.source()));
      String there = server.get("second/api/prices/stool");
      assertTrue(there.contains(prices.price("stool").source()), there);
    } finally {
      server.undeploy("second");
    }
    assertEquals(1, ServerRuntime.members());
    assertEquals(here, prices.price("table"));
  }

  @Test
  void twentyRedeploymentsLeaveNoThreadNoMBeanAndNoClassLoader() throws Exception {
    ServerRuntime server = new ServerRuntime();
    server.deploy("again");
    server.undeploy("again");
    Holdings before = ServerRuntime.holdings();
    for (int i = 0; i < 20; i++) {
      server.deploy("again");
      assertTrue(server.get("again/api/prices/sofa").contains("sofa"));
      server.undeploy("again");
    }
    assertNothingWasLeft(before);
  }

  @Test
  void anApplicationWithoutCdiIsAMemberUntilItIsUndeployed() throws Exception {
    ServerRuntime server = new ServerRuntime();
    Holdings before = null;
    for (int i = 1; i <= 4; i++) {
      server.deploy("plain", withoutBeans());
      assertEquals("without CDI: " + i, server.get("plain/calls"));
      assertEquals(2, ServerRuntime.members());
      server.undeploy("plain");
      assertEquals(1, ServerRuntime.members());
      before = before == null ? ServerRuntime.holdings() : before;
    }
    assertNothingWasLeft(before);
  }

  @Test
  void aConsoleThatIsToldToJoinsAsALiteMemberUntilItIsUndeployed() throws Exception {
    ServerRuntime server = new ServerRuntime();
    Holdings before = null;
    for (int i = 1; i <= 2; i++) {
      server.deploy("henge", consoleThatJoins());
      assertEquals(2, ServerRuntime.members());
      String members = server.await("henge/api/v1/members", "\"role\":\"lite\"");
      assertTrue(members.contains("\"role\":\"data\""), members);
      server.undeploy("henge");
      assertEquals(1, ServerRuntime.members());
      before = before == null ? ServerRuntime.holdings() : before;
    }
    assertNothingWasLeft(before);
    assertFalse(caches.manager().isClosed());
  }

  /**
   * One class loader more counts not: a thread of the server keeps the application that it last
   * served, and the JDK a class of the last records that it compared ({@code
   * java.lang.runtime.ObjectMethods.OBJECT_EQ} remembers the type that it was last adapted to).
   */
  private static void assertNothingWasLeft(Holdings before) throws Exception {
    Holdings allowed = before.withOneMore(ServerRuntime.CLASS_LOADER);
    Holdings after = ServerRuntime.holdingsNoMoreThan(allowed);
    assertTrue(after.isNoMoreThan(allowed), after + " is more than " + allowed);
  }

  @Test
  void aCacheIsClosedWithItsManagerOnly() {
    assertSame(caches.carts(), caches.manager().getCache("carts", String.class, String.class));
    assertFalse(caches.manager().isClosed());
    assertEquals(PROVIDER, caches.manager().getCachingProvider().getClass().getName());
  }
}
