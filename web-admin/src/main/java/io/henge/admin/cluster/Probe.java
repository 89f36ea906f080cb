package io.henge.admin.cluster;

/**
 * What the probe of a drill saw: one key in each of some partitions that the member led, written
 * and read every ten milliseconds through the member that this console looks at.
 *
 * @param partitions partitions with a key each
 * @param writes writes that were acknowledged
 * @param reads reads that were answered
 * @param failed operations that ended as not done, or of which that is unknown
 * @param retries how often operations were tried again
 * @param longestMs the longest operation, from its beginning to its end
 * @param lost keys that were read with an older value than the last acknowledged one
 * @param verified whether every key was read once more at the end
 */
public record Probe(
    int partitions,
    long writes,
    long reads,
    long failed,
    long retries,
    double longestMs,
    int lost,
    boolean verified) {

  /** What is wrong about it, one plain sentence; empty if nothing is. */
  public String trouble() {
    if (lost > 0) {
      return "The probe found that the last acknowledged value of " + lost + " keys was lost.";
    } else if (failed > 0) {
      return failed + " operations of the probe failed.";
    }
    return verified ? "" : "The keys of the probe could not be read at the end.";
  }
}
