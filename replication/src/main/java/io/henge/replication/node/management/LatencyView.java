package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** How long operations of one kind took, in microseconds, as their callers saw it. */
public final class LatencyView {

  private final long calls;
  private final double averageMicros;
  private final double medianMicros;
  private final double p99Micros;

  /** Creates the view. */
  @ConstructorProperties({"calls", "averageMicros", "medianMicros", "p99Micros"})
  public LatencyView(long calls, double averageMicros, double medianMicros, double p99Micros) {
    this.calls = calls;
    this.averageMicros = averageMicros;
    this.medianMicros = medianMicros;
    this.p99Micros = p99Micros;
  }

  /** Calls for one key, of which the percentiles are; those for many keys are not among them. */
  public long getCalls() {
    return calls;
  }

  /** The mean for one entry, calls for many keys included; 0 without any. */
  public double getAverageMicros() {
    return averageMicros;
  }

  /** Half of the calls did not take longer; too high by at most 12.5 %. 0 without any. */
  public double getMedianMicros() {
    return medianMicros;
  }

  /** 99 % of the calls did not take longer; too high by at most 12.5 %. 0 without any. */
  public double getP99Micros() {
    return p99Micros;
  }
}
