package io.henge.replication.consensus;

import java.util.List;

/**
 * Lets the lease rules see what this voter accepts, in the same step and before the Accepted
 * message leaves (PROTOCOL 4.3).
 */
public interface AcceptObserver {

  /**
   * The acceptor is about to answer Accepted. Called again when the leader repeats itself, and for
   * another batch of the same slot when a later leader proposes one.
   *
   * @return bytes that travel with Accepted to the leader; empty for none
   */
  byte[] accepted(long slot, List<byte[]> batch, long now);

  /**
   * The leader learns that a slot was chosen.
   *
   * @param attachments what {@link #accepted} returned at each voter of the accept quorum
   * @return the note that travels with the chosen batch; empty for none
   */
  byte[] chosen(long slot, List<byte[]> batch, List<byte[]> attachments, long now);
}
