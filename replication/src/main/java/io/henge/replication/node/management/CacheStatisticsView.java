package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** What the operations on a cache came to in the whole cluster. */
public final class CacheStatisticsView {

  private final String cache;
  private final int answered;
  private final StatisticsView sum;
  private final StatisticsView[] members;

  /** Creates the view. */
  @ConstructorProperties({"cache", "answered", "sum", "members"})
  public CacheStatisticsView(
      String cache, int answered, StatisticsView sum, StatisticsView[] members) {
    this.cache = cache;
    this.answered = answered;
    this.sum = sum;
    this.members = members.clone();
  }

  /** The cache's name. */
  public String getCache() {
    return cache;
  }

  /** How many of the members the sum has the figures of. */
  public int getAnswered() {
    return answered;
  }

  /** All of them together. */
  public StatisticsView getSum() {
    return sum;
  }

  /** One for each member that can use caches, whether it answered or not. */
  public StatisticsView[] getMembers() {
    return members.clone();
  }
}
