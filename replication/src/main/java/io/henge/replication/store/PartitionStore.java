package io.henge.replication.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The committed entries of one partition replica, and a mark on each key that has an uncommitted
 * effect. {@link #read} may be called by any thread without a lock; everything else by one thread
 * at a time.
 *
 * <p>A reader looks at the mark <i>before</i> it looks at the value, and the writer removes the
 * mark <i>after</i> it has put the value: a reader that saw no mark therefore sees every write that
 * was acknowledged before (PROTOCOL 4.7, invariant I14).
 */
public final class PartitionStore {

  private final ConcurrentHashMap<EntryKey, Slot> slots = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, CacheContents> contents = new ConcurrentHashMap<>();
  private volatile int pendingClears;
  private boolean keepTombstones;

  /**
   * The newest clear of each cache while tombstones are kept: a tombstone for keys unknown here.
   */
  private final Map<Integer, Long> clears = new HashMap<>();

  /** The newest touch of each entry unknown here while tombstones are kept. */
  private final Map<EntryKey, Touch> touches = new HashMap<>();

  private final ExpiryIndex expiry = new ExpiryIndex();

  private record Touch(long version, long deadline) {}

  /** Returns the committed value, or null if an uncommitted effect is on the key. */
  public StoredValue read(EntryKey key) {
    if (pendingClears != 0) {
      return null;
    }
    Slot slot = slots.get(key);
    if (slot == null) {
      return StoredValue.ABSENT;
    }
    if (slot.pending != 0) {
      return null;
    }
    StoredValue value = slot.stored;
    if (value.present()) {
      slot.hit();
    }
    return value;
  }

  /** The committed value whatever is pending. */
  public StoredValue committed(EntryKey key) {
    Slot slot = slots.get(key);
    return slot == null ? StoredValue.ABSENT : slot.stored;
  }

  /** Marks a key: an effect on it was appended. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; volatile for the readers
  public void mark(EntryKey key) {
    Slot slot = slots.computeIfAbsent(key, Slot::new);
    slot.pending++;
  }

  /** Takes back one mark: the effect was committed and applied, or cut. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; volatile for the readers
  public void unmark(EntryKey key) {
    Slot slot = slots.get(key);
    if (slot == null || slot.pending == 0) {
      throw new IllegalStateException("no pending mark on " + key);
    }
    slot.pending--;
    dropIfEmpty(key, slot);
  }

  /** Marks all keys: a clear was appended. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; volatile for the readers
  public void markAll() {
    pendingClears++;
  }

  /** Takes back one such mark. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; volatile for the readers
  public void unmarkAll() {
    if (pendingClears == 0) {
      throw new IllegalStateException("no pending clear");
    }
    pendingClears--;
  }

  /** Sets a value that does not expire, or removes it if null; see the other one. */
  public void apply(EntryKey key, byte[] value, long version) {
    apply(key, value, version, StoredValue.NEVER);
  }

  /** Sets a value, or removes it if null, unless the entry is as new as that already. */
  public void apply(EntryKey key, byte[] value, long version, long deadline) {
    if (value != null && version < clears.getOrDefault(key.cache(), 0L)) {
      return;
    }
    Slot slot = slots.get(key);
    if (slot == null) {
      if (value == null && !keepTombstones) {
        return;
      }
      slot = slots.computeIfAbsent(key, Slot::new);
    }
    StoredValue old = slot.stored;
    if (old.version() < version) {
      Touch touch = touches.remove(key);
      boolean touched = touch != null && value != null && touch.version() > version;
      store(
          slot,
          touched
              ? new StoredValue(value, touch.version(), touch.deadline())
              : new StoredValue(value, version, value == null ? StoredValue.NEVER : deadline));
    }
    dropIfEmpty(key, slot);
  }

  /** Sets the deadline of an entry, if it is there and older than {@code version}. */
  public void touch(EntryKey key, long version, long deadline) {
    Slot slot = slots.get(key);
    if (slot != null && slot.stored.version() > 0) {
      StoredValue old = slot.stored;
      if (old.present() && old.version() < version) {
        store(slot, new StoredValue(old.value(), version, deadline));
      }
    } else if (keepTombstones) {
      touches.put(key, new Touch(version, deadline)); // its entry is still to come
    }
  }

  private void store(Slot slot, StoredValue next) {
    StoredValue old = slot.stored;
    slot.stored = next;
    expiry.update(slot);
    if (old.present() || next.present()) {
      contents(slot.key.cache()).changed(slot, old, next);
    }
  }

  private CacheContents contents(int cache) {
    CacheContents known = contents.get(cache);
    return known != null ? known : contents.computeIfAbsent(cache, id -> new CacheContents());
  }

  /** Removes an entry because the cache is full, unless it is as new as that already. */
  public void evict(EntryKey key, long version) {
    if (committed(key).present() && committed(key).version() < version) {
      apply(key, null, version);
      contents(key.cache()).evicted();
    } else {
      apply(key, null, version);
    }
  }

  /** Removes an entry because of its age, unless it is as new as that already. */
  public void expire(EntryKey key, long version) {
    if (committed(key).present() && committed(key).version() < version) {
      contents(key.cache()).expired();
    }
    apply(key, null, version);
  }

  /** What a cache's entries take; any thread. */
  public CacheUsage usage(int cache) {
    CacheContents known = contents.get(cache);
    return known == null ? CacheUsage.NONE : known.usage();
  }

  /** Caches of which there are or were entries here; any thread. */
  public Collection<Integer> caches() {
    return contents.keySet();
  }

  /**
   * Chooses the entry of a cache that should go first when there is no room.
   *
   * @param stays tells who may not go now; entries with an uncommitted effect never may
   * @return null if nobody may
   */
  public EntryKey victim(int cache, Predicate<EntryKey> stays) {
    CacheContents known = contents.get(cache);
    Slot victim =
        known == null
            ? null
            : known.policy.victim(slot -> slot.pending != 0 || stays.test(slot.key));
    return victim == null ? null : victim.key;
  }

  /**
   * Some of the entries that were read here of late, of caches that evict; each is told again only
   * when it is read again. At most some hundred for each cache.
   */
  public List<EntryKey> takeUsed() {
    List<Integer> caches = new ArrayList<>(contents.keySet());
    Collections.sort(caches);
    List<EntryKey> used = new ArrayList<>();
    for (int cache : caches) {
      contents.get(cache).visitUsed(slot -> used.add(slot.key));
    }
    return used;
  }

  /** Notes a hit on an entry that was not read through {@link #read}; any thread. */
  public void hit(EntryKey key) {
    Slot slot = slots.get(key);
    if (slot != null) {
      slot.hit();
    }
  }

  /** The earliest deadline of an entry, {@link StoredValue#NEVER} if none expires. */
  public long earliestDeadline() {
    return expiry.earliest();
  }

  /**
   * Visits entries whose deadline has come, {@code limit} at most, the earliest not necessarily
   * first; the map must not be changed meanwhile.
   */
  public void visitDue(long time, int limit, Consumer<EntryKey> visitor) {
    expiry.visitDue(time, limit, visitor);
  }

  /** Removes every entry of a cache that is older than {@code version}. */
  public void clearCache(int cache, long version) {
    if (keepTombstones) {
      clears.merge(cache, version, Math::max);
    }
    for (Map.Entry<EntryKey, Slot> entry : slots.entrySet()) {
      if (entry.getKey().cache() == cache) {
        apply(entry.getKey(), null, version);
      }
    }
  }

  /** Drops the values of a cache that no longer exists; marks stay until their effects are done. */
  public void dropCache(int cache) {
    for (Map.Entry<EntryKey, Slot> entry : slots.entrySet()) {
      if (entry.getKey().cache() == cache) {
        apply(entry.getKey(), null, entry.getValue().stored.version() + 1);
      }
    }
    contents.remove(cache);
  }

  /** Drops everything. */
  public void reset() {
    slots.clear();
    contents.clear();
    clears.clear();
    touches.clear();
    expiry.clear();
    pendingClears = 0;
  }

  /**
   * While a snapshot is coming in, removals leave a trace, so that an older copy of the entry that
   * arrives later cannot bring it back (PROTOCOL 4.9, rule 2).
   */
  public void keepTombstones(boolean keep) {
    keepTombstones = keep;
    if (!keep) {
      clears.clear();
      touches.clear();
      slots.forEach(this::dropIfEmpty);
    }
  }

  /** Number of entries of one cache. */
  public int size(int cache) {
    CacheContents known = contents.get(cache);
    return known == null ? 0 : (int) known.entries();
  }

  /** Committed entries; weakly consistent: what is there throughout comes exactly once. */
  public Iterator<Map.Entry<EntryKey, StoredValue>> entries() {
    return slots.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().stored))
        .filter(entry -> entry.getValue().present())
        .iterator();
  }

  private void dropIfEmpty(EntryKey key, Slot slot) {
    if (!keepTombstones && slot.pending == 0 && !slot.stored.present()) {
      slots.remove(key, slot);
    }
  }
}
