package io.henge.arquillian.faults;

import io.henge.arquillian.network.NetworkHost;
import java.util.List;

/** One fault, from its beginning to its end. One thread uses it. */
interface Disruption {

  /** What happens to whom, for people. */
  String what();

  /**
   * Who has to be served meanwhile: a set of hosts of which each runs and reaches a majority. Where
   * the cluster may choose between several such sets, all of them.
   */
  List<List<NetworkHost>> healthy();

  /** The hosts whose process is stopped or dead between beginning and end. */
  List<NetworkHost> down();

  /** Whether every process lives through it. */
  default boolean spares() {
    return true;
  }

  /** Lets it happen. */
  void begin();

  /** Repairs it; returns when everything that was restarted is ready. */
  void end();
}
