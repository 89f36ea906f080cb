package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.ConsensusSettings;
import io.henge.replication.consensus.Patience;
import io.henge.replication.membership.ControlParts;
import java.util.function.BiFunction;

/** Replicas of the log that wait too long for leaders, or not long enough. */
final class MutantPatience {

  private MutantPatience() {}

  static ControlParts afterOwnPause() {
    return parts(
        (settings, now) ->
            new Patience(settings, now) {
              @Override
              public long ownPause(long at) {
                return 0;
              }
            });
  }

  static ControlParts never() {
    return parts(
        (settings, now) ->
            new Patience(settings, now) {
              @Override
              public long timeout(long at) {
                return settings.electionTimeout();
              }
            });
  }

  static ControlParts afterHandover() {
    return parts(
        (settings, now) ->
            new Patience(settings, now) {
              @Override
              public boolean insistsAfterHandover() {
                return true;
              }
            });
  }

  private static ControlParts parts(BiFunction<ConsensusSettings, Long, Patience> patience) {
    return new ControlParts() {
      @Override
      public Patience patience(ConsensusSettings settings, long now) {
        return patience.apply(settings, now);
      }
    };
  }
}
