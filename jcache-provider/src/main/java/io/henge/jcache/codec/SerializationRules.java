package io.henge.jcache.codec;

import java.util.List;

/**
 * What JDK serialization may carry, for all caches of a member.
 *
 * @param strict whether only the types that a cache declares, the value types of the JDK and {@code
 *     allow} may be; otherwise what the application's class loader knows, without classes that are
 *     known as tools of attacks
 * @param allow classes that may be in any case: a name, {@code package.*} or {@code package.**}
 * @param depth nested objects
 * @param references objects in all
 * @param arrayLength elements of one array
 * @param bytes length of the encoding
 */
public record SerializationRules(
    boolean strict, List<String> allow, long depth, long references, long arrayLength, long bytes) {

  /** What holds where nothing is set. */
  public static final SerializationRules DEFAULT =
      new SerializationRules(false, List.of(), 10_000, 10_000_000, 16 << 20, 128 << 20);

  public SerializationRules {
    allow = List.copyOf(allow);
  }

  /** Whether a class is named, or in a package that is. */
  boolean allows(String className) {
    for (String pattern : allow) {
      if (pattern.endsWith(".**")) {
        if (className.startsWith(pattern.substring(0, pattern.length() - 2))) {
          return true;
        }
      } else if (pattern.endsWith(".*")) {
        String inPackage = pattern.substring(0, pattern.length() - 1);
        if (className.startsWith(inPackage) && className.indexOf('.', inPackage.length()) < 0) {
          return true;
        }
      } else if (className.equals(pattern) || className.startsWith(pattern + "$")) {
        return true;
      }
    }
    return false;
  }
}
