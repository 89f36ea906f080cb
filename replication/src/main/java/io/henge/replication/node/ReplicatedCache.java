package io.henge.replication.node;

import io.henge.replication.topology.Lifetimes;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * One cache of the cluster, keys and values as bytes. Keys are equal when their bytes are. All
 * methods are linearizable per key and thread-safe, and block the caller until done or until the
 * operation timeout; they then throw {@link OperationRefusedException} (not done, safe to repeat)
 * or {@link OperationUnknownException} (timed out under way). Arrays handed in must not be changed
 * afterwards, arrays handed out may be shared: treat both as immutable. No argument may be null
 * unless it says so.
 */
public interface ReplicatedCache {

  /** The cache's name. */
  String name();

  /**
   * The same cache, whose operations give entries other lifetimes; without it entries live until
   * they are removed. {@link #get}, {@link #getAll}, the iterator and failed comparisons are
   * accesses; {@link #peek}, {@link #containsKey} and removals are not. Where accesses count, they
   * are answered by primaries only.
   */
  ReplicatedCache expiring(Lifetimes lifetimes);

  /** Returns the value, or null if absent. */
  byte[] get(byte[] key);

  /** Returns the value, or null if absent, without an access to it. */
  byte[] peek(byte[] key);

  /**
   * Notes an access to an entry, if it is there.
   *
   * @param lifetime how long it lives from now on, as in {@link Lifetimes}
   */
  void touch(byte[] key, long lifetime);

  /**
   * Notes accesses to entries, as far as they are there.
   *
   * @param lifetimes how long each lives from now on
   */
  void touchAll(Map<Bytes, Long> lifetimes);

  /**
   * Returns the values of the keys that are present. Answers come in no particular order; to find a
   * key's value, look its bytes up through {@link Bytes}.
   */
  Map<Bytes, byte[]> getAll(Collection<Bytes> keys);

  /** Tells whether the key has a value. */
  boolean containsKey(byte[] key);

  /** Sets the value. */
  void put(byte[] key, byte[] value);

  /** Sets all values, one message per member; not atomic over keys. */
  void putAll(Map<Bytes, byte[]> entries);

  /** Sets the value and returns the one before, or null. */
  byte[] getAndPut(byte[] key, byte[] value);

  /** Sets the value if there is none; returns whether it did. */
  boolean putIfAbsent(byte[] key, byte[] value);

  /** Removes; returns whether there was a value. */
  boolean remove(byte[] key);

  /** Removes if the value's bytes are {@code expected}; returns whether it did. */
  boolean remove(byte[] key, byte[] expected);

  /** Removes and returns the value, or null. */
  byte[] getAndRemove(byte[] key);

  /** Sets the value if there is one; returns whether it did. */
  boolean replace(byte[] key, byte[] value);

  /** Sets the value if the present one's bytes are {@code expected}; returns whether it did. */
  boolean replace(byte[] key, byte[] expected, byte[] value);

  /** Sets the value if there is one and returns the one before; otherwise returns null. */
  byte[] getAndReplace(byte[] key, byte[] value);

  /**
   * Removes the keys, one message per member; not atomic over keys.
   *
   * @return how many of them had a value
   */
  int removeAll(Collection<Bytes> keys);

  /** Removes every entry that was there when the call began; not atomic over partitions. */
  void clear();

  /**
   * Runs code on the entry exactly once and atomically with respect to all other writes of the key,
   * at this caller, under a reservation of the key at its primary (PROTOCOL 4.12). Other keys go
   * on.
   *
   * @return what the code returned as its result
   */
  byte[] invokeHere(byte[] key, EntryFunction function);

  /**
   * Runs code on several entries at this caller, each atomically with respect to all other writes
   * of its key, as {@link #invokeHere} does; the results of the outcomes are not used.
   *
   * <p>The code is given the keys in batches, as many at a time as there is room for, and holds the
   * reservations of a batch together. If it throws, later batches are not begun. It runs again for
   * those keys of a batch whose reservation was lost in a failover while somebody else changed
   * them, or that were removed by {@link #clear} meanwhile.
   */
  void invokeAllHere(Collection<Bytes> keys, EntriesFunction function);

  /**
   * Refuses an entry that the cache would refuse for its size; for code that has to know before it
   * does something else.
   *
   * @throws ValueTooLargeException if it is larger than the settings allow
   */
  void checkFits(byte[] key, byte[] value);

  /**
   * Runs a processor exactly once at the key's primary, through the {@link ProcessorHost} that the
   * cache was opened with there.
   *
   * @param processor the encoded processor and its arguments
   * @return its result
   * @throws ProcessorNotRunnableException if the primary cannot run it (the cache is not open
   *     there, or a class is unknown); nothing was done, run it by {@link #invokeHere} instead
   */
  byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException;

  /**
   * Runs a processor on several entries as {@link #invokeAtPrimary} does, each by itself: one
   * message per member, and all at once as far as there is room.
   *
   * @return what came of each key
   */
  Map<Bytes, Invocation> invokeAllAtPrimary(Collection<Bytes> keys, byte[] processor);

  /**
   * Iterates over the entries, partition by partition in batches; weakly consistent: each entry was
   * present at some time during the iteration, none is returned twice, entries present throughout
   * are returned.
   */
  Iterator<Map.Entry<byte[], byte[]>> iterator();

  /** Counts the entries cluster-wide; exact when nothing writes meanwhile. */
  long size();
}
