package io.henge.arquillian.faults;

import java.util.Random;

/** Where the faults of a run come from. */
interface FaultSource {

  /** The next fault. */
  Disruption next(FaultCluster cluster, Random random);

  /** As it is written in settings and reports. */
  String title();
}
