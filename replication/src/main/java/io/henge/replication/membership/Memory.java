package io.henge.replication.membership;

import io.henge.replication.consensus.AcceptorState;
import io.henge.replication.topology.MemberId;
import java.util.Objects;

/**
 * What a data directory remembers: the acceptor, and the cluster that it belongs to (PROTOCOL 4.1,
 * 4.4). Entries of caches are not in it. Immutable.
 *
 * @param voter the directory's id, under which its holder votes
 * @param start counts the incarnations that held the directory; 0 if none has
 * @param acceptor what was promised and accepted in that cluster
 * @param state the cluster as far as its log was known; null if it was never in one
 * @param founding what was promised and accepted about founding one
 */
public record Memory(
    MemberId voter, long start, AcceptorState acceptor, ClusterState state, FoundingVote founding) {

  public Memory {
    Objects.requireNonNull(voter, "voter");
  }

  /** An empty directory that gets {@code voter} for its id. */
  public static Memory empty(MemberId voter) {
    return new Memory(voter, 0, AcceptorState.NEW, null, FoundingVote.NONE);
  }

  /**
   * Puts a memory together from its records, the oldest first; null if there are none.
   *
   * @throws IllegalArgumentException if they do not make sense together
   * @throws io.henge.replication.wire.MalformedFrameException if one is not of this version
   */
  public static Memory of(Iterable<byte[]> records, ClusterStateMachine machine) {
    Memory memory = null;
    for (byte[] record : records) {
      memory = MemoryCodec.decode(record).applyTo(memory, machine);
    }
    return memory;
  }

  /** The memory of the next incarnation that holds the directory. */
  public Memory started() {
    return new Memory(voter, start + 1, acceptor, state, founding);
  }

  /** Under which id the holder votes. */
  public VoterIdentity identity() {
    return new VoterIdentity(voter, start, true);
  }

  Memory with(AcceptorState votes) {
    return new Memory(voter, start, votes, state, founding);
  }

  Memory with(ClusterState cluster) {
    return new Memory(voter, start, acceptor, cluster, founding);
  }

  Memory with(FoundingVote vote) {
    return new Memory(voter, start, acceptor, state, vote);
  }
}
