package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.RefoundingOutcome;
import io.henge.replication.membership.RefoundingRequest;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An operator's last resort: founds again what is left of a cluster whose majority of voters is
 * gone for good. Thread-safe.
 */
final class FoundingAgain {

  private static final String WHAT = "founding the cluster again";

  private final NodeSettings settings;
  private final Supplier<Incarnation> node;

  /** Asks the present life of a node. */
  FoundingAgain(NodeSettings settings, Supplier<Incarnation> node) {
    this.settings = settings;
    this.node = node;
  }

  /**
   * Waits for the outcome: for {@code suspend-after}, and at most for the operation timeout beyond.
   *
   * @return what was done, one plain sentence
   * @throws OperationRefusedException if nothing was done, or nobody knows
   */
  String run(String clusterName, Set<MemberId> survivors) {
    CompletableFuture<RefoundingOutcome> told = new CompletableFuture<>();
    RefoundingRequest request =
        new RefoundingRequest(clusterName, survivors, System.currentTimeMillis(), told::complete);
    Incarnation asked = node.get();
    if (asked.over() != null) {
      throw new OperationRefusedException(WHAT + ": this member is out of its cluster");
    }
    asked.onControl((plane, now) -> plane.foundAgain(request, now));
    long millis = settings.suspendAfter().plus(settings.operationTimeout()).toMillis();
    try {
      RefoundingOutcome outcome = told.get(millis, TimeUnit.MILLISECONDS);
      if (outcome instanceof RefoundingOutcome.Founded founded) {
        return describe(founded);
      }
      throw new OperationRefusedException(
          WHAT + ": " + ((RefoundingOutcome.Refused) outcome).why());
    } catch (TimeoutException | ExecutionException nobodyKnows) {
      throw new OperationRefusedException(
          WHAT
              + ": no outcome within "
              + millis
              + " ms; it may still happen: look at the cluster's id and the events");
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new OperationRefusedException(
          WHAT + ": the calling thread was interrupted; it may still happen");
    }
  }

  private static String describe(RefoundingOutcome.Founded founded) {
    ClusterState first = founded.first();
    List<String> names = first.members().values().stream().map(Member::name).sorted().toList();
    return "founded again as cluster "
        + first.clusterId()
        + " with "
        + names
        + "; of "
        + founded.lost()
        + " of "
        + first.partitionCount()
        + " partitions no copy was left, they begin empty";
  }
}
