package io.henge.replication.consensus;

/**
 * How long one replica waits for a silent leader (PROTOCOL 4.1). On a machine that has too little
 * time for everybody, leaders stand still for longer than others would wait for them, and
 * candidates are overtaken by the next one before their promises arrive: without patience nothing
 * but elections would happen. Only about progress: safety never depends on it.
 *
 * <p>Not thread-safe. Times are nanoseconds of the replica's monotonic clock. Methods may be
 * overridden to leave a rule out in tests.
 */
public class Patience {

  /** A leader that is not overtaken for so many timeouts had time enough to decide things. */
  private static final int LASTING = 8;

  private static final int MOST_DOUBLINGS = 3;

  private final ConsensusSettings settings;
  private long tickedAt;
  private long excused;

  private boolean roundSeen;
  private long roundAt;
  private int doublings;

  /** The patience of a replica that starts now. */
  public Patience(ConsensusSettings settings, long now) {
    this.settings = settings;
    this.tickedAt = now;
  }

  /** The replica's timer fires. */
  public void ticked(long now) {
    tickedAt = now;
    excused = 0;
  }

  /**
   * The time during which this replica itself stood still, as far as it has not been told yet: its
   * timer is late. What others sent meanwhile may not have been handed to it yet, so that time is
   * nobody's silence.
   */
  public long ownPause(long now) {
    long news = now - tickedAt - settings.heartbeatInterval() - excused;
    if (news <= 0) {
      return 0;
    }
    excused += news;
    return news;
  }

  /**
   * When a voice counts as heard, after so long a pause of the one who listens: never later than
   * now.
   */
  static long excused(long heardAt, long pause, long now) {
    return Math.min(heardAt + pause - now, 0) + now;
  }

  /** Somebody tries to lead, or leads, with a ballot of a higher round than any before. */
  public void higherRound(long now) {
    boolean soon = roundSeen && now - roundAt < LASTING * timeout(now);
    doublings = Math.min(MOST_DOUBLINGS, doublingsAt(now) + (soon ? 1 : 0));
    roundAt = now;
    roundSeen = true;
  }

  /**
   * How long a leader may be silent: the election timeout, doubled by each ballot that comes within
   * eight of the timeouts in force since the one before, at most to eight times as much; halved
   * again whenever a ballot lasts so long.
   */
  public long timeout(long now) {
    return settings.electionTimeout() << doublingsAt(now);
  }

  /**
   * Whether a leader that hands over is waited for as if it had merely fallen silent. It is not:
   * its successor asks at once.
   */
  public boolean insistsAfterHandover() {
    return false;
  }

  private int doublingsAt(long now) {
    int left = doublings;
    long lasted = now - roundAt;
    while (left > 0 && lasted >= LASTING * (settings.electionTimeout() << left)) {
      lasted -= LASTING * (settings.electionTimeout() << left);
      left--;
    }
    return left;
  }
}
