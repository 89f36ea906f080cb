package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/**
 * Sends for all parts of a control plane. What a member says to itself, as the voter or leader that
 * it may be, waits until the step is over and takes the same way as everybody else's message.
 */
final class Outbox {

  private final MemberId self;
  private final ControlOutput output;
  private final Seats seats = new Seats();
  private final Queue<ControlMessage> toSelf = new ArrayDeque<>();

  Outbox(MemberId self, ControlOutput output) {
    this.self = self;
    this.output = output;
  }

  void send(MemberId to, ControlMessage message) {
    if (to.equals(self)) {
      toSelf.add(message);
    } else {
      output.send(to, message);
    }
  }

  void sendAll(Collection<MemberId> receivers, ControlMessage message) {
    for (MemberId receiver : receivers) {
      send(receiver, message);
    }
  }

  /** Sends to the members that speak for these voters. */
  void sendToVoters(Collection<MemberId> voters, ControlMessage message) {
    for (MemberId voter : voters) {
      send(seats.memberOf(voter), message);
    }
  }

  /** Who speaks for which voter. */
  Seats seats() {
    return seats;
  }

  /** The next message that this member sent itself, or null. */
  ControlMessage nextToSelf() {
    return toSelf.poll();
  }

  void event(ControlEvent.Kind kind, MemberId about, String text) {
    output.event(new ControlEvent(kind, about, text));
  }
}
