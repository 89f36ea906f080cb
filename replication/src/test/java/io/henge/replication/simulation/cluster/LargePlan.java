package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.simulation.SeededRandom;
import java.util.List;

/**
 * What is large under one seed: everything is some thousand times smaller than in reality, so that
 * a value of a kilobyte takes as many fragments as one of a few megabytes does.
 *
 * @param wholeBytes a frame above this is cut into fragments
 * @param fragmentBytes the longest fragment
 * @param largeFrameBytes beyond this nothing follows a frame until it is acknowledged
 * @param patience time (nanoseconds) after which a fragment that was not read counts as lost
 * @param valueBytes the shortest large value; 0 if there are none
 */
record LargePlan(
    int wholeBytes, int fragmentBytes, int largeFrameBytes, long patience, int valueBytes) {

  /** Nothing is large. */
  static final LargePlan NONE = new LargePlan(Integer.MAX_VALUE, 0, 1 << 20, 0, 0);

  /** Effects that fit into a frame before it is closed: it is not to be large because of many. */
  private static final int FRAME_BYTES = 150;

  /** What one step commits is to be there when the judge looks at it. */
  private static final int RETAINED_BYTES = 128 * 1024;

  /** Results are large, too. */
  private static final int RESULT_BYTES = 256 * 1024;

  static LargePlan draw(SeededRandom random, long lease) {
    return new LargePlan(450, random.pick(List.of(100, 256)), 400, lease / 2, 300);
  }

  /** Whether some values are large. */
  boolean any() {
    return valueBytes > 0;
  }

  /** The replicas' bounds, adapted. */
  PartitionSettings adapt(PartitionSettings drawn) {
    return new PartitionSettings(
        drawn.retransmit(),
        drawn.silenceLimit(),
        drawn.reservationSilence(),
        drawn.reservationLimit(),
        drawn.maxUncommitted(),
        drawn.window(),
        any() ? FRAME_BYTES : drawn.frameBytes(),
        largeFrameBytes,
        drawn.chunkBytes(),
        drawn.retainedEffects(),
        any() ? RETAINED_BYTES : drawn.retainedBytes(),
        any() ? RESULT_BYTES : drawn.resultBytes(),
        drawn.maxQueued());
  }

  /** A value that nobody else has; every third one is large. */
  String value(int number) {
    int padding = any() && number % 3 == 0 ? valueBytes * (1 + number / 3 % 4) : 0;
    return "v" + number + ".".repeat(padding);
  }
}
