package io.henge.jcache.console;

import io.henge.jcache.configuration.MemberSettings;
import io.henge.replication.node.Engine;
import io.henge.replication.node.HengeNode;

/**
 * A member that holds no entries and opens no cache: it is there for the console of its server, by
 * the cluster's MXBean. Reads the {@code henge.*} settings of a member (docs/settings.md); its role
 * is {@code lite} whatever they say.
 *
 * <p>The console makes it by reflection, by this name and this constructor, and closes it: they are
 * its whole interface, so that neither needs the other to be compiled.
 */
public final class ConsoleMember implements AutoCloseable {

  private final Engine engine;

  /**
   * Starts it; it may still be looking for its cluster when this returns.
   *
   * @throws io.henge.jcache.configuration.InvalidSettingsException naming each bad setting
   * @throws java.io.UncheckedIOException if the address cannot be bound or a directory not be used
   */
  public ConsoleMember() {
    engine = HengeNode.start(MemberSettings.ofRole("lite", ConsoleMember.class.getClassLoader()));
  }

  /** Leaves the cluster in good order. */
  @Override
  public void close() {
    engine.close();
  }
}
