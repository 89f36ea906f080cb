package io.henge.jcache.history;

import java.io.Serializable;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/**
 * An operation on one entry: how a cache does it, and what it means.
 *
 * @param value the new value, or the one that is compared where nothing else is
 * @param other the new value of the operation that compares and replaces
 */
public record CacheCall(Kind kind, Integer value, Integer other) {

  /** The operations of a cache on one key. */
  public enum Kind {
    GET,
    CONTAINS_KEY,
    PUT,
    GET_AND_PUT,
    PUT_IF_ABSENT,
    REMOVE,
    REMOVE_EQUAL,
    GET_AND_REMOVE,
    REPLACE,
    REPLACE_EQUAL,
    GET_AND_REPLACE,
    INVOKE_AT_PRIMARY,
    INVOKE_HERE
  }

  /**
   * What an operation makes of an entry.
   *
   * @param state the value afterwards; null is absent
   * @param result what the caller gets; null also for those that return nothing
   */
  public record Effect(Integer state, Object result) {}

  /** Adds to the value; travels to the primary. */
  private record Adding(int summand)
      implements EntryProcessor<String, Integer, Integer>, Serializable {
    @Override
    public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
      Integer before = entry.exists() ? entry.getValue() : null;
      entry.setValue((before == null ? 0 : before) + summand);
      return before;
    }
  }

  /** Does it to a cache. */
  public Object callOn(Cache<String, Integer> cache, String key) {
    return switch (kind) {
      case GET -> cache.get(key);
      case CONTAINS_KEY -> cache.containsKey(key);
      case PUT -> {
        cache.put(key, value);
        yield null;
      }
      case GET_AND_PUT -> cache.getAndPut(key, value);
      case PUT_IF_ABSENT -> cache.putIfAbsent(key, value);
      case REMOVE -> cache.remove(key);
      case REMOVE_EQUAL -> cache.remove(key, value);
      case GET_AND_REMOVE -> cache.getAndRemove(key);
      case REPLACE -> cache.replace(key, value);
      case REPLACE_EQUAL -> cache.replace(key, value, other);
      case GET_AND_REPLACE -> cache.getAndReplace(key, value);
      case INVOKE_AT_PRIMARY -> cache.invoke(key, new Adding(value));
      case INVOKE_HERE ->
          cache.invoke(key, (entry, arguments) -> new Adding(value).process(entry, arguments));
    };
  }

  /** What it does to an entry on which nothing else is done. */
  public Effect on(Integer state) {
    boolean present = state != null;
    boolean equal = Objects.equals(state, value);
    return switch (kind) {
      case GET -> new Effect(state, state);
      case CONTAINS_KEY -> new Effect(state, present);
      case PUT -> new Effect(value, null);
      case GET_AND_PUT -> new Effect(value, state);
      case PUT_IF_ABSENT -> new Effect(present ? state : value, !present);
      case REMOVE -> new Effect(null, present);
      case REMOVE_EQUAL -> new Effect(equal ? null : state, equal);
      case GET_AND_REMOVE -> new Effect(null, state);
      case REPLACE -> new Effect(present ? value : null, present);
      case REPLACE_EQUAL -> new Effect(equal ? other : state, equal);
      case GET_AND_REPLACE -> new Effect(present ? value : null, state);
      case INVOKE_AT_PRIMARY, INVOKE_HERE -> new Effect((present ? state : 0) + value, state);
    };
  }
}
