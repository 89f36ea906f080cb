package io.henge.replication.membership;

/**
 * The rules that a planned change must not break, one method each (PROTOCOL 4.9, 4.13). Stateless;
 * open for subclasses only so that tests can leave out a rule.
 */
public class PlannedChangeRules {

  /**
   * Tells whether a partition can spare a replica that is not wanted any more.
   *
   * @param wantedInSync how many of its wanted replicas are in sync already
   * @param copies how many copies it is to have
   */
  public boolean canSpare(int wantedInSync, int copies) {
    return wantedInSync >= copies;
  }

  /**
   * Tells whether the primary of an asynchronous partition decides when a replica goes: the earlier
   * primary's may hold what was answered and nobody else has.
   */
  public boolean primaryReleases() {
    return true;
  }

  /**
   * Tells whether a member that says goodbye has to give its lease up first: the goodbye counts as
   * a proof of death, so nobody waits for that lease.
   */
  public boolean leaseEndsBeforeGoodbye() {
    return true;
  }

  /** Tells whether a primary that an operator moves stays where it is until the plan changes. */
  public boolean movesLast() {
    return true;
  }

  /**
   * Tells whether a joiner that was admitted and never heard of is removed when a member would be
   * suspended: others would wait with their copies for a member that is not there.
   */
  public boolean forgetsWhoNeverArrived() {
    return true;
  }

  /** The failure domain of a member, over which the voters' seats are spread. */
  public String seatZone(Member member) {
    return member.zone();
  }

  /** Tells whether a draining member has nothing left that others could take from it. */
  public boolean handedOver(Handover handover) {
    return handover.complete();
  }
}
