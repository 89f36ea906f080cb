package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.HashSet;
import java.util.Set;

/** Says Hello and checks who says it: foreign names and formats are refused, once each. */
final class Introductions {

  /** Version of frames and log entries that this build speaks. */
  static final int FORMAT_VERSION = 2;

  private static final int MOST_REFUSALS = 1024;

  private final ControlSettings settings;
  private final Member self;
  private final Outbox outbox;
  private final ControlOutput output;
  private final Set<MemberId> refused = new HashSet<>();

  Introductions(ControlSettings settings, Member self, Outbox outbox, ControlOutput output) {
    this.settings = settings;
    this.self = self;
    this.outbox = outbox;
    this.output = output;
  }

  /**
   * Says Hello.
   *
   * @param cluster the cluster this member is in, null if none
   * @param remembered the cluster it wants to return to, null if none
   */
  void greet(MemberId peer, ClusterIdentity cluster, ClusterIdentity remembered, boolean answer) {
    outbox.send(
        peer,
        new ControlMessage.Hello(
            settings.clusterName(),
            FORMAT_VERSION,
            self,
            settings.bootstrap(),
            settings.startedAt(),
            cluster,
            remembered,
            answer));
  }

  /** Tells whether the sender may be talked to. */
  boolean accepts(MemberId from, ControlMessage.Hello hello) {
    String why = null;
    if (!hello.clusterName().equals(settings.clusterName())) {
      why = "its cluster is called " + hello.clusterName() + ", ours " + settings.clusterName();
    } else if (hello.formatVersion() != FORMAT_VERSION) {
      why = "it speaks format " + hello.formatVersion() + ", this member " + FORMAT_VERSION;
    } else if (!hello.self().id().equals(from)) {
      why = "it introduces itself as " + hello.self().id();
    }
    if (why == null) {
      output.learnAddress(from, hello.self().host(), hello.self().port());
      outbox.seats().learn(hello.self());
      return true;
    }
    if (refused.size() < MOST_REFUSALS && refused.add(from)) {
      outbox.event(
          ControlEvent.Kind.REFUSED, from, "refused " + hello.self().address() + ": " + why);
    }
    return false;
  }
}
