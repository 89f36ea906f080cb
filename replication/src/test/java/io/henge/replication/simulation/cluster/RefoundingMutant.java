package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.ControlParts;
import io.henge.replication.membership.RefoundingRules;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Founding again without one of its rules. Some seed has to notice. */
@SuppressWarnings("ImmutableEnumChecker") // stateless
public enum RefoundingMutant {
  /** The new cluster is called as the former one. */
  SAME_ID(
      new RefoundingRules() {
        @Override
        protected MemberId clusterId(ClusterState former, LongSupplier entropy) {
          return former.clusterId();
        }
      }),

  /** Who promised to stand still goes on all the same. */
  PROMISE_DOES_NOT_BIND(
      new RefoundingRules() {
        @Override
        protected boolean promiseBinds() {
          return false;
        }
      }),

  /** Who promised to stand still does so for ever, though the founder died. */
  PROMISES_FOR_EVER(
      new RefoundingRules() {
        @Override
        protected long bindsFor(ClusterTimings timings) {
          return Long.MAX_VALUE / 4;
        }
      }),

  /** What the founder knows counts, though others know more. */
  FOUNDER_KNOWS_BEST(
      new RefoundingRules() {
        @Override
        protected boolean newestCounts() {
          return false;
        }
      }),

  /** What was accepted for the next slot, and may have been chosen, does not count. */
  FORGETS_WHAT_WAS_ACCEPTED(
      new RefoundingRules() {
        @Override
        protected boolean acceptedCounts() {
          return false;
        }
      }),

  /** Partitions go on in the epochs of the former cluster. */
  EPOCHS_GO_ON(
      new RefoundingRules() {
        @Override
        protected long epoch(PartitionAssignment partition, long slot) {
          return partition.epoch();
        }
      }),

  /** Copies that are not in sync count. */
  KEEPS_OLD_COPIES(
      new RefoundingRules() {
        @Override
        protected List<MemberId> kept(PartitionAssignment partition, Set<MemberId> survivors) {
          return partition.replicas().stream().filter(survivors::contains).toList();
        }
      }),

  /** Frames of replicas and callers count in whatever cluster they arrive. */
  TAKES_FRAMES_OF_THE_FORMER(
      new Parts() {
        @Override
        protected boolean takesFrame(long ofCluster, long own) {
          return true;
        }
      });

  private final Parts parts;

  RefoundingMutant(RefoundingRules rules) {
    this(
        new Parts() {
          @Override
          protected ControlParts controlParts() {
            return new ControlParts() {
              @Override
              public RefoundingRules refoundingRules() {
                return rules;
              }
            };
          }
        });
  }

  RefoundingMutant(Parts parts) {
    this.parts = parts;
  }

  /** The parts of a member of which this rule is left out. */
  public Parts parts() {
    return parts;
  }
}
