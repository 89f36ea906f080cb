package io.henge.admin.cluster;

/**
 * A member of the cluster.
 *
 * @param id its incarnation
 * @param name its name
 * @param address where its transport listens, host:port
 * @param zone its failure domain; empty if none
 * @param role data, lite or witness
 * @param state joining, active, suspended or draining
 * @param voter whether it votes
 * @param self whether it is the member that answers
 * @param weight its share of partitions, 1 is usual
 * @param primaries partitions it is primary of
 * @param backups partitions it is an in-sync backup of
 * @param learners partitions it is catching up with
 */
public record Member(
    String id,
    String name,
    String address,
    String zone,
    String role,
    String state,
    boolean voter,
    boolean self,
    double weight,
    int primaries,
    int backups,
    int learners) {

  /** Whether it may hold partitions. */
  public boolean holdsData() {
    return role.equals("data");
  }

  /** Whether the cluster has stopped waiting for it: it serves nothing until it answers again. */
  public boolean suspended() {
    return state.equals("suspended");
  }
}
