package io.henge.jcache.processor;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/**
 * Gives one entry a lifetime of its own. Serializable, so that it runs where the entry is; it is
 * part of what members of different versions have to understand of each other.
 *
 * @param what what it does to the entry
 * @param lifetime in nanoseconds, counted from when it runs
 */
public record LifetimeProcessor<K, V>(What what, long lifetime)
    implements EntryProcessor<K, V, Boolean>, Serializable {

  private static final long serialVersionUID = 1L;

  /** What it does besides. */
  public enum What {
    /** Sets the value. */
    PUT,
    /** Sets the value if there is none. */
    PUT_IF_ABSENT,
    /** Leaves the value as it is. */
    EXPIRE
  }

  /** Sets the value that is the argument. */
  public static <K, V> LifetimeProcessor<K, V> put(long lifetime) {
    return new LifetimeProcessor<>(What.PUT, lifetime);
  }

  /** Sets the value that is the argument if there is none. */
  public static <K, V> LifetimeProcessor<K, V> putIfAbsent(long lifetime) {
    return new LifetimeProcessor<>(What.PUT_IF_ABSENT, lifetime);
  }

  /** Changes when the entry expires, if there is one. */
  public static <K, V> LifetimeProcessor<K, V> expire(long lifetime) {
    return new LifetimeProcessor<>(What.EXPIRE, lifetime);
  }

  /** Returns whether there is an entry that got the lifetime. */
  @Override
  @SuppressWarnings("unchecked") // the argument comes from a caller with a V
  public Boolean process(MutableEntry<K, V> entry, Object... arguments) {
    boolean exists = entry.exists();
    if (what == What.PUT_IF_ABSENT ? exists : what == What.EXPIRE && !exists) {
      return false;
    }
    if (what != What.EXPIRE) {
      entry.setValue((V) arguments[0]);
    }
    entry.unwrap(ProcessorEntry.class).liveFor(lifetime);
    return true;
  }
}
