package io.henge.jcache;

import io.henge.jcache.configuration.MemberSettings;
import io.henge.jcache.configuration.Settings;
import io.henge.replication.node.Engine;
import io.henge.replication.node.NodeSettings;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.cache.CacheException;

/**
 * The member of one application (class loader), shared by all its managers and left with the last
 * of them. Guarded by the provider's lock.
 */
final class Member {

  private final Engine engine;
  private final SortedMap<String, String> settings;
  private final ShutdownHook hook;
  private int users;

  private Member(Engine engine, SortedMap<String, String> settings, ShutdownHook hook) {
    this.engine = engine;
    this.settings = settings;
    this.hook = hook;
  }

  /** Starts the member of the application that has this class loader. */
  static Member start(EngineStarter starter, Settings settings, ClassLoader application) {
    NodeSettings node = MemberSettings.read(settings);
    try {
      Engine engine = starter.start(node);
      return new Member(engine, settings.ofMember(), ShutdownHook.of(engine, application));
    } catch (UncheckedIOException e) {
      throw new CacheException("Henge cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * Counts one more manager.
   *
   * @throws CacheException if it was given other settings than the member was started with
   */
  Engine acquire(Settings wanted) {
    SortedMap<String, String> others = wanted.ofMember();
    if (!others.equals(settings)) {
      SortedMap<String, String> differing = new TreeMap<>(others);
      differing.entrySet().removeAll(settings.entrySet());
      throw new CacheException(
          "This application is already a member, started with the settings "
              + settings
              + "; another manager of it cannot have "
              + (differing.isEmpty() ? others : differing)
              + ". Give all managers the same member settings, or close the first one before.");
    }
    users++;
    return engine;
  }

  /** Counts one manager less; leaves the cluster with the last, and tells whether it did. */
  boolean release() {
    users--;
    if (users == 0) {
      engine.close();
      hook.remove();
      return true;
    }
    return false;
  }
}
