package io.henge.replication.simulation.cluster;

import io.henge.replication.relay.Beat;
import io.henge.replication.relay.Reachability;
import io.henge.replication.topology.MemberId;
import java.util.function.BiPredicate;

/** Finds ways round broken links by another rule than the engine's. */
final class OtherReachability extends Reachability {

  private final BiPredicate<Beat, MemberId> rule;

  OtherReachability(MemberId self, BiPredicate<Beat, MemberId> rule) {
    super(self);
    this.rule = rule;
  }

  @Override
  protected boolean reaches(Beat said, MemberId destination) {
    return rule.test(said, destination);
  }
}
