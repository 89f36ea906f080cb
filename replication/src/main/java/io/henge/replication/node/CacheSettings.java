package io.henge.replication.node;

import io.henge.replication.partition.MemoryBound;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.topology.ReplicationMode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a cache is kept; see {@link #builder()}. What all members have to agree on is compared with
 * the definition in the cluster when a cache is opened.
 *
 * @param copies wanted replicas of each entry, the primary included; at least 1, {@link
 *     Integer#MAX_VALUE} for one on every data member
 * @param readPolicy which copy this member's reads ask; each member's own choice
 * @param mode when writes are acknowledged
 * @param staleReads whether this member's own copy may answer reads whatever its age, also while
 *     the member is cut off; only in an asynchronous cache. Each member decides for itself
 * @param maxEntries the most entries in the whole cluster, copies not counted; at least 1, {@link
 *     #UNBOUNDED} for no bound
 * @param maxBytes the most bytes of keys, values and an overhead for each entry, likewise
 */
public record CacheSettings(
    int copies,
    ReadPolicy readPolicy,
    ReplicationMode mode,
    boolean staleReads,
    long maxEntries,
    long maxBytes) {

  /** A bound that is none. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** Attributes carry the names that users give the settings, after this. */
  public static final String SHARED_PREFIX = "settings.";

  private static final String BACKUPS = SHARED_PREFIX + "backups";
  private static final String MODE = SHARED_PREFIX + "mode";
  private static final String MAX_LAG_OPERATIONS = SHARED_PREFIX + "max-lag-operations";
  private static final String MAX_LAG_BYTES = SHARED_PREFIX + "max-lag-bytes";
  private static final String MAX_LAG = SHARED_PREFIX + "max-lag";
  private static final String MAX_ENTRIES = SHARED_PREFIX + "max-entries";
  private static final String MAX_BYTES = SHARED_PREFIX + "max-bytes";
  private static final String ALL = "all";
  private static final String SYNC = "sync";
  private static final String ASYNC = "async";

  public CacheSettings {
    if (copies < 1) {
      throw new IllegalArgumentException(
          copies + " copies of each entry: at least 1, the primary, is needed");
    }
    if (maxEntries < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "at most " + maxEntries + " entries and " + maxBytes + " bytes: at least 1 of each");
    }
    if (staleReads && !(mode instanceof ReplicationMode.Async)) {
      throw new IllegalArgumentException(
          "reads that may be old are for asynchronous caches: in a synchronous one every replica"
              + " answers with the latest value anyway");
    }
  }

  /** Settings with their defaults, to be changed one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /** What users call a mode. */
  public static String nameOf(ReplicationMode mode) {
    return mode instanceof ReplicationMode.Async ? ASYNC : SYNC;
  }

  /**
   * What all members have to agree on, to be kept among the attributes of the cache's definition;
   * settings that each member has for itself are not in it.
   */
  public SortedMap<String, String> shared() {
    SortedMap<String, String> shared = new TreeMap<>();
    shared.put(BACKUPS, copies == Integer.MAX_VALUE ? ALL : Integer.toString(copies - 1));
    shared.put(MODE, nameOf(mode));
    if (mode instanceof ReplicationMode.Async async) {
      shared.put(MAX_LAG_OPERATIONS, Integer.toString(async.maxLagOperations()));
      shared.put(MAX_LAG_BYTES, Long.toString(async.maxLagBytes()));
      shared.put(MAX_LAG, async.maxLag() / 1_000_000 + "ms");
    }
    if (maxEntries != UNBOUNDED) {
      shared.put(MAX_ENTRIES, Long.toString(maxEntries));
    }
    if (maxBytes != UNBOUNDED) {
      shared.put(MAX_BYTES, Long.toString(maxBytes));
    }
    return shared;
  }

  /** What a cache with these attributes may take in the whole cluster. */
  static MemoryBound bound(SortedMap<String, String> attributes) {
    return new MemoryBound(bound(attributes.get(MAX_ENTRIES)), bound(attributes.get(MAX_BYTES)));
  }

  private static long bound(String text) {
    return text == null ? UNBOUNDED : Long.parseLong(text);
  }

  /** This member's own settings with what {@link #shared} told in the place of the shared ones. */
  public CacheSettings withShared(SortedMap<String, String> attributes) {
    String backups = attributes.get(BACKUPS);
    ReplicationMode agreed = ReplicationMode.SYNC;
    if (ASYNC.equals(attributes.get(MODE))) {
      String lag = attributes.get(MAX_LAG);
      agreed =
          new ReplicationMode.Async(
              Integer.parseInt(attributes.get(MAX_LAG_OPERATIONS)),
              Long.parseLong(attributes.get(MAX_LAG_BYTES)),
              Long.parseLong(lag.substring(0, lag.length() - "ms".length())) * 1_000_000);
    }
    return new CacheSettings(
        backups.equals(ALL) ? Integer.MAX_VALUE : Integer.parseInt(backups) + 1,
        readPolicy,
        agreed,
        staleReads && agreed instanceof ReplicationMode.Async,
        bound(attributes).entries(),
        bound(attributes).bytes());
  }

  /** Collects settings; each method sets the component of the same name. Not thread-safe. */
  public static final class Builder {

    private int copies = 2;
    private ReadPolicy readPolicy = ReadPolicy.LOCAL_FIRST;
    private ReplicationMode mode = ReplicationMode.SYNC;
    private boolean staleReads;
    private long maxEntries = UNBOUNDED;
    private long maxBytes = UNBOUNDED;

    private Builder() {}

    public Builder copies(int value) {
      copies = value;
      return this;
    }

    public Builder readPolicy(ReadPolicy value) {
      readPolicy = value;
      return this;
    }

    public Builder mode(ReplicationMode value) {
      mode = value;
      return this;
    }

    public Builder maxEntries(long value) {
      maxEntries = value;
      return this;
    }

    public Builder maxBytes(long value) {
      maxBytes = value;
      return this;
    }

    public Builder staleReads(boolean value) {
      staleReads = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if they are out of range
     */
    public CacheSettings build() {
      return new CacheSettings(copies, readPolicy, mode, staleReads, maxEntries, maxBytes);
    }
  }
}
