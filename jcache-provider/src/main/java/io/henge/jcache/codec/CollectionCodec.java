package io.henge.jcache.codec;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The encoding of the JDK's lists, sets and maps whose elements have encodings of their own; what
 * else they hold is left to serialization. As keys they are canonical: equal collections give equal
 * bytes, whatever their classes and the order they were filled in. As values they come back in
 * their own class. The tags and kinds are part of the data that members exchange.
 */
final class CollectionCodec {

  static final int LIST = 40;
  static final int SET = 41;
  static final int MAP = 42;

  /** Nested collections; deeper ones are left to serialization. */
  static final int MOST_DEPTH = 32;

  private static final int CANONICAL = 0;

  /** The classes of values by their kind, which is the index; the first is none. */
  private static final List<List<Class<?>>> CLASSES =
      List.of(
          List.of(Void.class, ArrayList.class, List.of(1).getClass(), List.of(1, 2, 3).getClass()),
          List.of(
              Void.class,
              HashSet.class,
              LinkedHashSet.class,
              TreeSet.class,
              Set.of(1).getClass(),
              Set.of(1, 2, 3).getClass()),
          List.of(
              Void.class,
              HashMap.class,
              LinkedHashMap.class,
              TreeMap.class,
              Map.of(1, 1).getClass(),
              Map.of(1, 1, 2, 2).getClass()));

  private CollectionCodec() {}

  static boolean isTag(int tag) {
    return tag >= LIST && tag <= MAP;
  }

  /**
   * Encodes a collection.
   *
   * @param elements encodes an element, or says null if it has no encoding of its own
   * @return null if the object is none that this can do, or holds one
   */
  static byte[] encode(Object object, boolean canonical, Function<Object, byte[]> elements) {
    int tag = object instanceof List ? LIST : object instanceof Set ? SET : MAP;
    int kind = canonical ? CANONICAL : CLASSES.get(tag - LIST).indexOf(object.getClass());
    if (kind < 0 || (canonical && !comparesAsCollection(object)) || hasOwnOrder(object)) {
      return null;
    }
    List<byte[][]> encoded = new ArrayList<>();
    if (object instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        byte[] key = element(entry.getKey(), elements);
        byte[] value = key == null ? null : element(entry.getValue(), elements);
        if (value == null) {
          return null;
        }
        encoded.add(new byte[][] {key, value});
      }
    } else {
      for (Object each : (Collection<?>) object) {
        if (each == null && kind > CANONICAL && isImmutable(tag, kind)) {
          return null; // of a stream; List.of takes none
        }
        byte[] element = element(each, elements);
        if (element == null) {
          return null;
        }
        encoded.add(new byte[][] {element});
      }
    }
    WireWriter out = new WireWriter(64).writeByte(tag).writeByte(kind);
    if (canonical && tag != LIST) {
      encoded.sort((a, b) -> Arrays.compareUnsigned(a[0], b[0]));
    }
    out.writeVarInt(encoded.size());
    encoded.forEach(parts -> List.of(parts).forEach(out::writeBytes));
    return out.toByteArray();
  }

  /** An encoding is never empty, so that an empty one can be null. */
  private static byte[] element(Object element, Function<Object, byte[]> elements) {
    return element == null ? new byte[0] : elements.apply(element);
  }

  /** Whether equals is that of List, Set or Map, as with all of the JDK but a few. */
  private static boolean comparesAsCollection(Object object) {
    Class<?> type = object.getClass();
    return (object instanceof List || object instanceof Set || object instanceof Map)
        && type.getName().startsWith("java.util.")
        && type.getModule() == Object.class.getModule()
        && type != IdentityHashMap.class
        && type != Properties.class;
  }

  private static boolean hasOwnOrder(Object object) {
    return (object instanceof SortedSet<?> set && set.comparator() != null)
        || (object instanceof SortedMap<?, ?> map && map.comparator() != null);
  }

  private static boolean isImmutable(int tag, int kind) {
    return kind >= (tag == LIST ? 2 : 4);
  }

  /**
   * Decodes a collection.
   *
   * @param elements decodes an element
   */
  static Object decode(int tag, WireReader in, Function<byte[], Object> elements) {
    int kind = in.readByte();
    int count = in.readVarInt();
    if (kind >= CLASSES.get(tag - LIST).size() || count < 0 || count > in.remaining()) {
      throw new MalformedFrameException(
          "a collection of kind " + kind + " with " + count + " elements");
    }
    Object decoded =
        switch (tag) {
          case LIST -> list(kind, read(in, count, elements));
          case SET -> set(kind, read(in, count, elements));
          default -> map(kind, in, count, elements);
        };
    in.expectEnd();
    return decoded;
  }

  private static List<Object> read(WireReader in, int count, Function<byte[], Object> elements) {
    List<Object> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(read(in, elements));
    }
    return read;
  }

  private static Object read(WireReader in, Function<byte[], Object> elements) {
    byte[] bytes = in.readBytes();
    return bytes.length == 0 ? null : elements.apply(bytes);
  }

  private static List<Object> list(int kind, List<Object> elements) {
    return switch (kind) {
      case CANONICAL -> Collections.unmodifiableList(elements);
      case 1 -> elements;
      default -> List.copyOf(elements);
    };
  }

  private static Set<Object> set(int kind, List<Object> elements) {
    return switch (kind) {
      case CANONICAL -> Collections.unmodifiableSet(new LinkedHashSet<>(elements));
      case 1 -> new HashSet<>(elements);
      case 2 -> new LinkedHashSet<>(elements);
      case 3 -> new TreeSet<>(elements);
      default -> Set.copyOf(elements);
    };
  }

  private static Map<Object, Object> map(
      int kind, WireReader in, int count, Function<byte[], Object> elements) {
    Map<Object, Object> map =
        switch (kind) {
          case 1 -> new HashMap<>();
          case 3 -> new TreeMap<>();
          default -> new LinkedHashMap<>();
        };
    for (int i = 0; i < count; i++) {
      Object key = read(in, elements);
      map.put(key, read(in, elements));
    }
    return switch (kind) {
      case CANONICAL -> Collections.unmodifiableMap(map);
      case 1, 2, 3 -> map;
      default -> Map.copyOf(map);
    };
  }
}
