package io.henge.jcache.codec;

import java.io.IOException;

/**
 * An encoding of the application's own for objects that would otherwise be serialized by the JDK.
 * Each cache has an instance, found by {@link java.util.ServiceLoader} with the class loader of its
 * manager ({@code META-INF/services/io.henge.jcache.codec.Codec}); all members have to have it.
 * Called by several threads at once.
 */
public interface Codec {

  /** Its name, stored with every object: the same on all members, and never given to another. */
  String name();

  /**
   * Whether objects of exactly this class are for it. Types that have compact encodings (see
   * docs/jcache.md) are not asked about; where several codecs say yes, the first by name has it.
   */
  boolean handles(Class<?> type);

  /**
   * Encodes an object, which may be a key: then equal objects have to give equal bytes.
   *
   * @throws IOException if it cannot be encoded; the caller of the cache gets a {@link
   *     CodecException}, as for any other exception
   */
  byte[] encode(Object object) throws IOException;

  /**
   * Decodes an object; each call gives a new one.
   *
   * @param type the class that it had, in the version of this application
   * @throws IOException if it cannot be decoded
   */
  Object decode(byte[] bytes, Class<?> type) throws IOException;
}
