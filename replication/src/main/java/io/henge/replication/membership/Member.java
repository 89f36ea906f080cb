package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * A member as the log knows it.
 *
 * @param id its incarnation
 * @param name the name that people use; not unique over restarts
 * @param host the address where its transport listens, an IP address or host name
 * @param port the port where its transport listens
 * @param zone the failure domain's label; replicas of a partition are spread over zones
 * @param machine names the machine it runs on, for voters on different hosts and same-host witness
 * @param role what it does
 * @param weight its share of partitions, 1 is usual
 * @param state where it stands
 * @param joinedAt the slot that added it
 * @param voter under which id it votes
 */
public record Member(
    MemberId id,
    String name,
    String host,
    int port,
    String zone,
    String machine,
    MemberRole role,
    double weight,
    MemberState state,
    long joinedAt,
    VoterIdentity voter) {

  /** A member without durable memory. */
  public Member(
      MemberId id,
      String name,
      String host,
      int port,
      String zone,
      String machine,
      MemberRole role,
      double weight,
      MemberState state,
      long joinedAt) {
    this(
        id,
        name,
        host,
        port,
        zone,
        machine,
        role,
        weight,
        state,
        joinedAt,
        VoterIdentity.volatileOf(id));
  }

  /** Where it listens, as {@code host[port]}. */
  public String address() {
    return host + "[" + port + "]";
  }

  /** The same member as it votes with, or without, a memory. */
  public Member votingAs(VoterIdentity identity) {
    return new Member(id, name, host, port, zone, machine, role, weight, state, joinedAt, identity);
  }

  /** The same member as it enters the log: joining, since {@code slot}. */
  Member added(long slot) {
    return new Member(
        id, name, host, port, zone, machine, role, weight, MemberState.JOINING, slot, voter);
  }

  /** The same member with another share of the partitions. */
  Member weighing(double other) {
    return new Member(id, name, host, port, zone, machine, role, other, state, joinedAt, voter);
  }

  /** The same member in another state. */
  public Member in(MemberState next) {
    return new Member(id, name, host, port, zone, machine, role, weight, next, joinedAt, voter);
  }
}
