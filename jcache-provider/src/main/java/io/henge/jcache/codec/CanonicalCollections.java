package io.henge.jcache.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes equal collections of the JDK inside a serialized key alike: sets and maps in the order of
 * their encoded elements and keys, and of one class each. {@code Set.of} and {@code Map.of} iterate
 * otherwise in each JVM.
 */
final class CanonicalCollections {

  /** What {@code List.of}, {@code Set.of} and {@code Map.of} are replaced by when serialized. */
  private static final String IMMUTABLE = "java.util.CollSer";

  private final Function<Object, byte[]> encoder;
  private final UnaryOperator<Object> copier;

  /**
   * Creates the rule.
   *
   * @param encoder encodes an element as a key
   * @param copier serializes and deserializes an object
   */
  CanonicalCollections(Function<Object, byte[]> encoder, UnaryOperator<Object> copier) {
    this.encoder = encoder;
    this.copier = copier;
  }

  /** What to write for an object. */
  Object of(Object object) throws IOException {
    Class<?> type = object.getClass();
    if (type == HashSet.class || type == LinkedHashSet.class) {
      return ordered((Set<?>) object);
    }
    if (type == HashMap.class || type == LinkedHashMap.class) {
      return ordered((Map<?, ?>) object);
    }
    if (!type.getName().equals(IMMUTABLE)) {
      return object;
    }
    Object original = copier.apply(object);
    if (original instanceof Set<?> set) {
      return ordered(set);
    }
    return original instanceof Map<?, ?> map ? ordered(map) : new ArrayList<>((List<?>) original);
  }

  private Set<Object> ordered(Set<?> set) {
    return new LinkedHashSet<>(sorted(set));
  }

  private Map<Object, Object> ordered(Map<?, ?> map) {
    Map<Object, Object> ordered = new LinkedHashMap<>(Math.max(16, 2 * map.size()));
    sorted(map.keySet()).forEach(key -> ordered.put(key, map.get(key)));
    return ordered;
  }

  private List<Object> sorted(Collection<?> elements) {
    record Element(Object object, byte[] bytes) {}

    if (elements.size() < 2) {
      return new ArrayList<>(elements);
    }
    List<Element> sorted = new ArrayList<>();
    elements.forEach(
        each -> sorted.add(new Element(each, each == null ? new byte[0] : encoder.apply(each))));
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.bytes, b.bytes));
    List<Object> objects = new ArrayList<>();
    sorted.forEach(each -> objects.add(each.object));
    return objects;
  }
}
