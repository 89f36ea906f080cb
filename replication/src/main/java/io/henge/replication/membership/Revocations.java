package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whose leases a batch of commands takes away. */
final class Revocations {

  private Revocations() {}

  /** The members that the commands may take out of an in-sync set, sorted. */
  static SortedSet<MemberId> of(Collection<Command> commands) {
    SortedSet<MemberId> revoked = new TreeSet<>();
    for (Command command : commands) {
      if (command instanceof Command.Suspend suspend) {
        revoked.add(suspend.member());
      } else if (command instanceof Command.RemoveMember remove) {
        revoked.add(remove.member());
      } else if (command instanceof Command.ShrinkInSync shrink) {
        revoked.add(shrink.member());
      }
    }
    return revoked;
  }

  /**
   * The same for encoded commands. Nobody if one of them cannot be read: what is made of this only
   * shortens barriers, so they last their full time then; applying the slot reports the command.
   */
  static SortedSet<MemberId> ofEncoded(List<byte[]> batch) {
    try {
      return of(batch.stream().map(CommandCodec::decode).toList());
    } catch (MalformedFrameException unknownToThisVersion) {
      return new TreeSet<>();
    }
  }
}
