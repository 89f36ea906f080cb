package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.management.ProbeView;
import io.henge.replication.topology.MemberId;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The probe of a drill, at most one at a time, and its cache: that exists while a probe runs and is
 * none of the users' caches. Thread-safe.
 */
final class Prober implements AutoCloseable {

  /** The name of the cache. */
  static final String CACHE = "henge.probe";

  private final NodeSettings settings;
  private final ClusterRequests requests;
  private final Supplier<Incarnation> node;
  private final Object turn = new Object();
  private volatile Probe running;

  /** Probes through the present life of a node. */
  Prober(NodeSettings settings, ClusterRequests requests, Supplier<Incarnation> node) {
    this.settings = settings;
    this.requests = requests;
    this.node = node;
  }

  /**
   * Begins a probe of partitions that a member leads, and ends the one before.
   *
   * @throws OperationRefusedException if it leads none whose entries have backups and no write is
   *     acknowledged before it is on all of them
   */
  void begin(MemberId member) {
    String what = "probing partitions of member " + member.abbreviated();
    synchronized (turn) {
      end();
      ClusterState state = requests.state(what);
      PartitionGroup group = Probe.group(state, member);
      if (group == null) {
        throw new OperationRefusedException(
            what + ": it leads no partition of synchronous caches with backups");
      }
      drop(what); // whoever probed before may have gone before it ended
      ClusterState with =
          requests.propose(
              what,
              new Command.CreateCache(CACHE, group.copies(), group.mode(), new TreeMap<>()),
              now -> now.cache(CACHE) != null);
      running = Probe.begin(with, member, with.cache(CACHE), node, settings.nodeName());
    }
  }

  /** What the probe saw so far; null if there is none. */
  ProbeView view() {
    Probe now = running;
    return now == null ? null : now.view();
  }

  /**
   * Ends the probe, reads every key once more, and drops the cache.
   *
   * @return what it saw; null if there was none
   * @throws OperationRefusedException if the cache could not be dropped; the next probe does it
   */
  ProbeView end() {
    synchronized (turn) {
      Probe ended = running;
      if (ended == null) {
        return null;
      }
      try {
        ended.end(2 * settings.operationTimeout().toNanos());
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
      }
      ended.close();
      running = null;
      ProbeView view = ended.view();
      drop("ending a probe");
      return view;
    }
  }

  private void drop(String what) {
    CacheDefinition known = requests.state(what).cache(CACHE);
    if (known != null) {
      requests.propose(
          what, new Command.DestroyCache(known.id()), now -> !now.caches().containsKey(known.id()));
    }
  }

  /** Whether an operation that was held up is the probe's, not one of a user. */
  boolean takes(DelayedOperation operation) {
    Probe now = running;
    return now != null && now.takes(operation);
  }

  @Override
  public void close() {
    Probe now = running;
    if (now != null) {
      now.close();
    }
  }
}
