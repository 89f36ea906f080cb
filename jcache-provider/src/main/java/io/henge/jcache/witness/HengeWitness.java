package io.henge.jcache.witness;

import io.henge.jcache.configuration.InvalidSettingsException;
import io.henge.jcache.configuration.MemberSettings;
import io.henge.replication.node.Engine;
import io.henge.replication.node.HengeNode;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;

/**
 * A member that votes and holds no entries, as a process of its own: the third vote of a site with
 * two servers. Reads the {@code henge.*} settings of a member from system properties and the
 * environment (docs/settings.md), runs until the process is told to end, and leaves the cluster
 * then.
 *
 * <p>Exit status: 1 if it cannot start, 2 if a setting is wrong, else that of the signal (143).
 */
public final class HengeWitness {

  private static final Logger LOG = System.getLogger(HengeWitness.class.getName());
  private static final int CANNOT_START = 1;
  private static final int WRONG_SETTING = 2;

  private HengeWitness() {}

  /** Starts the witness; arguments are refused, because settings are no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0) {
      LOG.log(
          Level.ERROR,
          "the witness takes no arguments, not {0}: give settings as system properties before -jar"
              + " (-Dhenge.cluster.name=shop) or in the environment (HENGE_CLUSTER_NAME=shop)",
          String.join(" ", arguments));
      System.exit(WRONG_SETTING);
    }
    Engine witness = null;
    try {
      witness =
          HengeNode.start(MemberSettings.ofRole("witness", HengeWitness.class.getClassLoader()));
    } catch (InvalidSettingsException wrong) {
      LOG.log(Level.ERROR, wrong.getMessage());
      System.exit(WRONG_SETTING);
    } catch (UncheckedIOException failure) {
      LOG.log(Level.ERROR, failure.getMessage());
      System.exit(CANNOT_START);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(witness::close, "henge-witness-leaves"));
    // The engine's threads are daemons; the process lives until it is told to end.
    new CountDownLatch(1).await();
  }
}
