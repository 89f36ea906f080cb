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
   * Tells whether a member that says goodbye has to give its lease up first: the goodbye counts as
   * a proof of death, so nobody waits for that lease.
   */
  public boolean leaseEndsBeforeGoodbye() {
    return true;
  }

  /** Tells whether a draining member has nothing left that others could take from it. */
  public boolean handedOver(Handover handover) {
    return handover.complete();
  }
}
