package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** What the operations on a cache came to: those called at one member, or at all of them. */
public final class StatisticsView {

  private final String member;
  private final String memberId;
  private final long ageMillis;
  private final boolean enabled;
  private final long hits;
  private final long misses;
  private final long puts;
  private final long removals;
  private final long evictions;
  private final long missedEvents;
  private final LatencyView get;
  private final LatencyView put;
  private final LatencyView remove;

  /** Creates the view. */
  @ConstructorProperties({
    "member",
    "memberId",
    "ageMillis",
    "enabled",
    "hits",
    "misses",
    "puts",
    "removals",
    "evictions",
    "missedEvents",
    "get",
    "put",
    "remove"
  })
  public StatisticsView(
      String member,
      String memberId,
      long ageMillis,
      boolean enabled,
      long hits,
      long misses,
      long puts,
      long removals,
      long evictions,
      long missedEvents,
      LatencyView get,
      LatencyView put,
      LatencyView remove) {
    this.member = member;
    this.memberId = memberId;
    this.ageMillis = ageMillis;
    this.enabled = enabled;
    this.hits = hits;
    this.misses = misses;
    this.puts = puts;
    this.removals = removals;
    this.evictions = evictions;
    this.missedEvents = missedEvents;
    this.get = get;
    this.put = put;
    this.remove = remove;
  }

  /** The member's name; empty for the sum. */
  public String getMember() {
    return member;
  }

  /** The member's id; empty for the sum. */
  public String getMemberId() {
    return memberId;
  }

  /**
   * How old the figures are at most, in milliseconds; of the sum its oldest part. -1 if the member
   * has never answered: its figures are missing then, not zero.
   */
  public long getAgeMillis() {
    return ageMillis;
  }

  /** Whether operations are counted there at the moment; of the sum, anywhere. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Reads that found an entry. */
  public long getHits() {
    return hits;
  }

  /** Reads that found none. */
  public long getMisses() {
    return misses;
  }

  /** Values set. */
  public long getPuts() {
    return puts;
  }

  /** Entries removed by operations. */
  public long getRemovals() {
    return removals;
  }

  /** Entries that the member evicted from the partitions it led, since it is in the cluster. */
  public long getEvictions() {
    return evictions;
  }

  /** How often listeners there may have missed events of some partition. */
  public long getMissedEvents() {
    return missedEvents;
  }

  /** How long reads took. */
  public LatencyView getGet() {
    return get;
  }

  /** How long writes took. */
  public LatencyView getPut() {
    return put;
  }

  /** How long removals took. */
  public LatencyView getRemove() {
    return remove;
  }
}
