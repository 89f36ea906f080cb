package io.henge.jcache.annotation;

import java.util.Arrays;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * The key that annotated methods use if they name no generator of their own: the values of their
 * key parameters in order, which may be null or arrays. Make one by {@link #of} to find in an
 * injected cache what an annotated method has stored.
 *
 * <p>Equal parameters give equal keys, whatever the method and the declared types. The parameters
 * have to be serializable and must not change after the call. Immutable, if they are.
 */
public final class DefaultGeneratedCacheKey implements GeneratedCacheKey {

  private static final long serialVersionUID = 1L;

  /** The only field that is written: the hash codes of enums and others differ between members. */
  private final Object[] parameters;

  private transient int hash;

  private DefaultGeneratedCacheKey(Object[] parameters) {
    this.parameters = parameters;
  }

  /**
   * The key of a call with these values of its key parameters.
   *
   * @param parameters none for a method without parameters; each may be null
   */
  public static DefaultGeneratedCacheKey of(Object... parameters) {
    return new DefaultGeneratedCacheKey(
        Arrays.copyOf(parameters, parameters.length, Object[].class));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.deepHashCode(parameters);
      hash = known; // a race computes the same number twice
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DefaultGeneratedCacheKey key
        && Arrays.deepEquals(parameters, key.parameters);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(parameters);
  }
}
