package io.henge.admin.drill;

import java.time.Duration;

/**
 * What is done to a member.
 *
 * <p>The drills that hurt somebody's work have to be allowed by the member's own settings, and
 * whoever begins them types the cluster's name.
 */
public enum DrillKind {
  /** It hands over everything, and takes its share again. */
  DRAIN("drain", "drain", "drain", "draining", Duration.ZERO),
  /** It renews its lease no more, as in a long garbage collection. */
  PAUSE("pause", "holdRenewals", "crash", "paused", Duration.ofSeconds(2)),
  /** Nothing goes to it or comes from it. */
  CUT("cut", "cutDrill", "crash", "cut", Duration.ofSeconds(3)),
  /** Its node ends as if the process had been killed, and begins again. */
  CRASH("crash", "crashDrill", "crash", "crashed", Duration.ZERO);

  private final String word;
  private final String operation;
  private final String outlook;
  private final String state;
  private final Duration length;

  DrillKind(String word, String operation, String outlook, String state, Duration length) {
    this.word = word;
    this.operation = operation;
    this.outlook = outlook;
    this.state = state;
    this.length = length;
  }

  /** What it is called in requests and reports. */
  public String word() {
    return word;
  }

  /** The kind of that word, or null. */
  public static DrillKind of(String word) {
    for (DrillKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** What the node is asked to do. */
  String operation() {
    return operation;
  }

  /** What the what-if is asked about: drain or crash. */
  public String outlook() {
    return outlook;
  }

  /** What a report calls the time in which the member suffers. */
  String state() {
    return state;
  }

  /** How long the member suffers, if that is told to it. */
  Duration length() {
    return length;
  }

  /** Whether it has to be allowed and confirmed. */
  public boolean dangerous() {
    return this == CUT || this == CRASH;
  }
}
