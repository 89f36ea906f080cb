package io.henge.replication.simulation.world;

/**
 * What may go wrong with any message. Rates are probabilities, times are nanoseconds. Cuts, clogs
 * and slow links concern single links and are set while the world runs.
 *
 * @param dropRate lost
 * @param duplicateRate delivered a second time
 * @param minimumDelay shortest way
 * @param meanDelay mean of what is added to it, exponentially distributed; with a mean above the
 *     distance between sends, messages overtake each other
 * @param longDelayRate takes long
 * @param longDelay longest of the long delays, uniform from 0
 * @param ordered messages of a link never overtake each other, as on one connection
 */
public record NetworkFaults(
    double dropRate,
    double duplicateRate,
    long minimumDelay,
    long meanDelay,
    double longDelayRate,
    long longDelay,
    boolean ordered) {

  /** A network without faults. */
  public static NetworkFaults none(long minimumDelay, long meanDelay) {
    return new NetworkFaults(0, 0, minimumDelay, meanDelay, 0, 0, true);
  }
}
