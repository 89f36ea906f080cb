package io.henge.jcache.codec;

/**
 * Keeps the keys and values of a local cache by reference: the engine's bytes only stand for them.
 * Nothing has to be serializable; keys are equal when {@code equals} says so, and must not change
 * while they are in the cache. Works only where the engine keeps the arrays that it is given, hence
 * on a member without others (decision 17). Thread-safe.
 */
public final class ReferenceCodec implements EntryCodec {

  private final String where;
  private final ClassLoader loader;
  private final UndecodableEntries undecodable;
  private final References references = new References();

  /**
   * Creates the codec.
   *
   * @param where what the objects belong to, for error messages: "cache orders"
   * @param loader the application's
   */
  public ReferenceCodec(String where, ClassLoader loader) {
    this.where = where;
    this.loader = loader;
    this.undecodable = new UndecodableEntries(where, false);
  }

  @Override
  public byte[] encodeKey(Object key) {
    return references.ofEqual(key);
  }

  @Override
  public byte[] encodeValue(Object value) {
    return references.of(value);
  }

  @Override
  public byte[] encode(Object object) {
    throw new IllegalStateException("nothing of " + where + ", a cache by reference, is sent");
  }

  @Override
  public Object decode(byte[] bytes) {
    Object object = references.find(bytes);
    if (object == null) {
      throw new CodecException("An object of " + where + " is not referred to any more", null);
    }
    return object;
  }

  /** Null if the entry has gone since the iterator met it. */
  @Override
  public Object decodeEntry(byte[] bytes) {
    return references.find(bytes);
  }

  @Override
  public boolean countsAsAbsent(byte[] value) {
    return value == null;
  }

  @Override
  public boolean byValue() {
    return false;
  }

  @Override
  public byte[] original(byte[] bytes) {
    return references.original(bytes);
  }

  @Override
  public ClassLoader loader() {
    return loader;
  }

  @Override
  public UndecodableEntries undecodable() {
    return undecodable;
  }
}
