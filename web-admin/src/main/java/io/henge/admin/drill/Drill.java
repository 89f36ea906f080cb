package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Probe;
import io.henge.admin.cluster.View;
import io.henge.admin.document.Safety;
import java.time.Duration;
import java.util.List;

/**
 * A drill that has begun. Decides by what it is shown of the cluster; whoever shows it does what it
 * says. Not thread-safe.
 */
sealed interface Drill permits MeasuredDrill {

  /** The longest that a drill lasts on its way out, and again on its way back. */
  Duration LIMIT = Duration.ofSeconds(60);

  /** What has to be done after a step. */
  enum Next {
    WAIT,
    UNDRAIN,
    END
  }

  /**
   * Looks at the cluster.
   *
   * @param since failovers since the beginning, newest first
   * @param now nanoseconds on any clock that only goes forward
   */
  Next step(View view, List<Failover> since, long now);

  /** Somebody wants it to end, if that is possible. */
  void stop(String why);

  /** It cannot be followed any more: the node that tells of the cluster is gone. */
  void abandon();

  /** Tells what the probe saw, after the end. */
  void probed(Probe seen);

  /** As it stands now. */
  DrillReport report();

  /** Whether every partition has all of its copies. */
  static boolean allInSync(View view) {
    return view.partitions().stream()
        .allMatch(partition -> Safety.of(partition, view) == Safety.IN_SYNC);
  }
}
