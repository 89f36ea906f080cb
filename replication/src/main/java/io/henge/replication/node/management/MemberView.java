package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** A member of the cluster. */
public final class MemberView {

  private final String id;
  private final String name;
  private final String address;
  private final String zone;
  private final String role;
  private final String state;
  private final boolean voter;
  private final boolean self;
  private final double weight;
  private final int primaries;
  private final int backups;
  private final int learners;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({
    "id",
    "name",
    "address",
    "zone",
    "role",
    "state",
    "voter",
    "self",
    "weight",
    "primaries",
    "backups",
    "learners"
  })
  public MemberView(
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
    this.id = id;
    this.name = name;
    this.address = address;
    this.zone = zone;
    this.role = role;
    this.state = state;
    this.voter = voter;
    this.self = self;
    this.weight = weight;
    this.primaries = primaries;
    this.backups = backups;
    this.learners = learners;
  }

  /** Its incarnation. */
  public String getId() {
    return id;
  }

  /** Its name. */
  public String getName() {
    return name;
  }

  /** Where its transport listens, host:port. */
  public String getAddress() {
    return address;
  }

  /** Its failure domain; empty if none. */
  public String getZone() {
    return zone;
  }

  /** DATA, LITE or WITNESS. */
  public String getRole() {
    return role;
  }

  /** JOINING, ACTIVE, SUSPENDED or DRAINING. */
  public String getState() {
    return state;
  }

  /** Whether it votes. */
  public boolean isVoter() {
    return voter;
  }

  /** Whether it is the member that answers. */
  public boolean isSelf() {
    return self;
  }

  /** Its share of partitions, 1 is usual. */
  public double getWeight() {
    return weight;
  }

  /** Partitions it is primary of. */
  public int getPrimaries() {
    return primaries;
  }

  /** Partitions it is an in-sync backup of. */
  public int getBackups() {
    return backups;
  }

  /** Partitions it is catching up with. */
  public int getLearners() {
    return learners;
  }
}
