package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;
import java.util.SortedMap;

/**
 * What a replica must know of the metadata plane; answered from this member's applied state, and
 * from its clock at the moment of the call: a rule such as "read the value, then check the lease"
 * would be void with a time that was taken before (PROTOCOL 4.3).
 */
public interface PartitionAuthority {

  /** This member's clock at this moment (nanoseconds), the one that steps are told. */
  long now();

  /** Whether this member's lease is valid now (PROTOCOL 4.3). */
  boolean leaseValid();

  /** Whether no revoked member can hold a lease from before its revocation (PROTOCOL 4.6). */
  boolean barrierOver(SortedMap<MemberId, Long> revoked);

  /** Whether the cache exists. */
  boolean cacheExists(int cache);

  /** Whether the cache existed and was destroyed; ids are never used again. */
  boolean cacheDropped(int cache);

  /** Whether the member is in the cluster and not suspended. */
  boolean memberActive(MemberId member);

  /** Whether the member is in the cluster. */
  boolean memberKnown(MemberId member);

  /** The epoch of the last possible loss that was noted for a partition; -1 if none was. */
  long lossNotedAt(int partition);

  /**
   * Whether a large message to a member is still on its way: what was sent is not sent again, and
   * the member owes no acknowledgement, before it has arrived.
   */
  default boolean sendingLarge(MemberId to) {
    return false;
  }

  /**
   * Takes {@code bytes} from this member's bandwidth for transfers; false if there is none just
   * now: to be asked again at the next tick (PROTOCOL 4.9, rule 1).
   */
  boolean mayTransfer(int bytes, long now);

  /** What other members owe to the primaries here. */
  PeerBacklogs backlogs();

  /** This member's share of a cache's memory. */
  MemoryShare memory(int cache);
}
