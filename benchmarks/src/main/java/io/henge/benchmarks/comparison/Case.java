package io.henge.benchmarks.comparison;

/**
 * A load on a cluster.
 *
 * @param clusterSize nodes of the cluster
 * @param mode how the cache is replicated
 * @param operation what is done
 * @param threads callers on each loaded node
 * @param loadedNodes how many nodes have callers; the first ones
 */
record Case(int clusterSize, Mode mode, Operation operation, int threads, int loadedNodes) {

  /** For example {@code 8×3}: eight threads on each of three nodes. */
  String shape() {
    return threads + "×" + loadedNodes;
  }

  @Override
  public String toString() {
    return operation
        + ", "
        + mode
        + ", "
        + shape()
        + " of "
        + clusterSize
        + (clusterSize == 1 ? " node" : " nodes");
  }
}
