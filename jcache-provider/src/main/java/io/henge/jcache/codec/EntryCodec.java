package io.henge.jcache.codec;

/**
 * Turns the keys and values of one cache into the bytes that the engine keeps, and back. Keys are
 * equal when their bytes are. Thread-safe.
 */
public interface EntryCodec {

  /**
   * Encodes a key.
   *
   * @throws CodecException if it cannot be encoded
   */
  byte[] encodeKey(Object key);

  /**
   * Encodes a value of an entry; not null.
   *
   * @throws CodecException if it cannot be encoded
   */
  byte[] encodeValue(Object value);

  /**
   * Encodes what is only sent to other members, such as a processor; not null, and by value only.
   *
   * @throws CodecException if it cannot be encoded
   */
  byte[] encode(Object object);

  /**
   * Decodes what this codec made.
   *
   * @throws CodecException if it cannot be decoded here
   */
  Object decode(byte[] bytes);

  /**
   * Decodes a key or value of an entry.
   *
   * @return null if it cannot be decoded here and such entries count as absent
   * @throws CodecException if it cannot be decoded here otherwise
   */
  Object decodeEntry(byte[] bytes);

  /** Whether a value counts as absent, since it cannot be decoded here; null is so. */
  boolean countsAsAbsent(byte[] value);

  /** Whether the bytes hold the objects themselves, so that they can go to other members. */
  boolean byValue();

  /**
   * The array that stands for a key or value in the engine, given one of the same content, as the
   * engine's iterator gives.
   */
  byte[] original(byte[] bytes);

  /** The application's class loader. */
  ClassLoader loader();

  /** The entries that could not be decoded here. */
  UndecodableEntries undecodable();
}
