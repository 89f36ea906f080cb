package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Handover;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How an incarnation leaves of its own accord (PROTOCOL 4.13): the others take over what it holds
 * while it goes on as before; then its own callers finish; then it gives its lease up and says
 * goodbye. When the time for the first is over it goes all the same, and says what is left behind.
 * Runs on the thread that closes the node.
 */
final class Farewell {

  private static final Logger LOG = System.getLogger(Farewell.class.getPackageName());
  private static final long FINISH_MILLIS = 1000;
  private static final long RELEASE_MILLIS = 1500;

  private final Incarnation incarnation;
  private final String name;

  Farewell(Incarnation incarnation, String name) {
    this.incarnation = incarnation;
    this.name = name;
  }

  /** Returns when the cluster has let it go, or when there is no time left for that. */
  void say(Duration drainTimeout, String why) {
    try {
      if (incarnation.state() == null) {
        goodbye(); // it may have been admitted, and not heard of it yet
        return;
      }
      if (!drainTimeout.isZero()) {
        handOver(drainTimeout.toNanos());
      }
      incarnation.clients().refuse(why);
      if (!incarnation.clients().awaitIdle(TimeUnit.MILLISECONDS.toNanos(FINISH_MILLIS))) {
        LOG.log(Level.WARNING, "{0} leaves while operations of its callers are under way", name);
      }
      goodbye();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt(); // whoever closes it is in a hurry: like a crash
    }
  }

  private void handOver(long nanos) throws InterruptedException {
    incarnation.drain();
    long begin = System.nanoTime();
    long left = nanos;
    while (incarnation.over() == null && left > 0) {
      ClusterState state = incarnation.state();
      Handover handover = Handover.of(state, incarnation.self());
      if (drains(state) && handover.complete()) {
        tellOfEnd(handover, begin);
        return;
      }
      incarnation.awaitChange(state.slot(), left);
      left = nanos - (System.nanoTime() - begin);
    }
    if (incarnation.over() == null) {
      LOG.log(
          Level.WARNING,
          "{0} leaves before it has handed over everything (henge.drain-timeout): {1} are left",
          name,
          Handover.of(incarnation.state(), incarnation.self()));
    }
  }

  private boolean drains(ClusterState state) {
    Member self = state.members().get(incarnation.self());
    return self != null && self.state() == MemberState.DRAINING;
  }

  private void tellOfEnd(Handover handover, long begin) {
    long millis = (System.nanoTime() - begin) / 1_000_000;
    if (handover.sole() > 0) {
      LOG.log(
          Level.WARNING,
          "{0} is the last that holds data: the entries of {1} partitions go with it",
          name,
          handover.sole());
    } else {
      LOG.log(Level.INFO, "{0} has handed over everything in {1} ms and leaves", name, millis);
    }
  }

  private void goodbye() throws InterruptedException {
    incarnation.leave();
    long begin = System.nanoTime();
    long nanos = TimeUnit.MILLISECONDS.toNanos(RELEASE_MILLIS);
    for (long left = nanos;
        incarnation.over() == null && left > 0;
        left = nanos - (System.nanoTime() - begin)) {
      incarnation.awaitChange(incarnation.slot(), left);
    }
  }
}
