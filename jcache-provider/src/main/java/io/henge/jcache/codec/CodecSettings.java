package io.henge.jcache.codec;

import java.util.Set;

/**
 * How the objects of one cache are encoded.
 *
 * @param rules what JDK serialization may carry
 * @param declared the types that the cache declares
 * @param missUndecodable whether an entry that cannot be decoded here counts as absent
 * @param checkKeys whether each key is checked for what its bytes cannot express
 * @param jsonValues whether values without an encoding of their own go through JSON-B
 */
public record CodecSettings(
    SerializationRules rules,
    Set<Class<?>> declared,
    boolean missUndecodable,
    boolean checkKeys,
    boolean jsonValues) {

  /** What holds where nothing is set. */
  public static final CodecSettings DEFAULT =
      new CodecSettings(SerializationRules.DEFAULT, Set.of(), false, false, false);

  public CodecSettings {
    declared = Set.copyOf(declared);
  }
}
