package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Set;

/** A rumour from outside the protocol. Hints speed things up; no rule's safety rests on one. */
public sealed interface Hint {

  /** A peer can be reached; say hello. */
  record PeerAppeared(MemberId peer) implements Hint {}

  /** The connection to a peer broke. */
  record ConnectionLost(MemberId peer, String evidence) implements Hint {}

  /**
   * A death witness proved that the process is gone (PROTOCOL 4.6). The only hint that carries
   * proof; its source must be one of the listed kinds.
   */
  record ProvenDead(MemberId peer, String witness) implements Hint {}

  /** This process's clocks disagree or it was suspended: drop the lease now (PROTOCOL 4.3). */
  record ClockJumped() implements Hint {}

  /**
   * A founding host that is listed by its name was looked up.
   *
   * @param listed the host as it is listed
   * @param addresses where it listens, in the form of {@link Member#address()}
   */
  record HostResolved(String listed, Set<String> addresses) implements Hint {}
}
