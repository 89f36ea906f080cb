package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.PartitionRules;
import io.henge.replication.transport.Fragment;
import io.henge.replication.transport.Reassembly;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Members that do something wrong with large frames. */
final class MutantReassembly {

  private MutantReassembly() {}

  static Parts with(PartitionRules rules) {
    return new Parts() {
      @Override
      protected PartitionRules partitionRules() {
        return rules;
      }
    };
  }

  static Parts ofAnyFrame() {
    return parts(
        budget ->
            new Reassembly(budget) {
              @Override
              protected boolean isOf(Fragment fragment, long underWay, int total) {
                return true;
              }
            });
  }

  static Parts overHoles() {
    return parts(
        budget ->
            new Reassembly(budget) {
              @Override
              protected boolean continues(Fragment fragment, int end) {
                return true;
              }
            });
  }

  static Parts beforeItIsWhole() {
    return parts(
        budget ->
            new Reassembly(budget) {
              @Override
              protected boolean isWhole(int bytes, int total) {
                return 2 * bytes >= total;
              }
            });
  }

  private static Parts parts(Function<AtomicLong, Reassembly> reassembly) {
    return new Parts() {
      @Override
      protected Reassembly reassembly(AtomicLong budget) {
        return reassembly.apply(budget);
      }
    };
  }
}
