package io.henge.replication.node;

import io.henge.replication.routing.ReadPolicy;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a cache is kept; see {@link #builder()}. What all members have to agree on is compared with
 * the definition in the cluster when a cache is opened.
 *
 * @param copies wanted replicas of each entry, the primary included; at least 1, {@link
 *     Integer#MAX_VALUE} for one on every data member
 * @param readPolicy which copy this member's reads ask; each member's own choice
 */
public record CacheSettings(int copies, ReadPolicy readPolicy) {

  /** Attributes carry the names that users give the settings, after this. */
  public static final String SHARED_PREFIX = "settings.";

  private static final String BACKUPS = SHARED_PREFIX + "backups";
  private static final String ALL = "all";

  public CacheSettings {
    if (copies < 1) {
      throw new IllegalArgumentException(
          copies + " copies of each entry: at least 1, the primary, is needed");
    }
  }

  /** Settings with their defaults, to be changed one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What all members have to agree on, to be kept among the attributes of the cache's definition;
   * settings that each member has for itself are not in it.
   */
  public SortedMap<String, String> shared() {
    SortedMap<String, String> shared = new TreeMap<>();
    shared.put(BACKUPS, copies == Integer.MAX_VALUE ? ALL : Integer.toString(copies - 1));
    return shared;
  }

  /** This member's own settings with what {@link #shared} told in the place of the shared ones. */
  public CacheSettings withShared(SortedMap<String, String> attributes) {
    String backups = attributes.get(BACKUPS);
    return new CacheSettings(
        backups.equals(ALL) ? Integer.MAX_VALUE : Integer.parseInt(backups) + 1, readPolicy);
  }

  /** Collects settings; each method sets the component of the same name. Not thread-safe. */
  public static final class Builder {

    private int copies = 2;
    private ReadPolicy readPolicy = ReadPolicy.LOCAL_FIRST;

    private Builder() {}

    public Builder copies(int value) {
      copies = value;
      return this;
    }

    public Builder readPolicy(ReadPolicy value) {
      readPolicy = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if they are out of range
     */
    public CacheSettings build() {
      return new CacheSettings(copies, readPolicy);
    }
  }
}
