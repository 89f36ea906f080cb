package io.henge.jcache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CollectionCodecTest {

  private static final int SERIALIZED = 1;

  private final ObjectCodec codec =
      new ObjectCodec("cache orders", CollectionCodecTest.class.getClassLoader());

  private record Tags(Set<String> names, Map<String, Set<Integer>> more, List<Object> last)
      implements Serializable {}

  @Test
  void valuesComeBackInTheirOwnClassAndAreNotSerialized() {
    List<Object> inner = new ArrayList<>(Arrays.asList("a", 1, null, LocalDate.EPOCH));
    List<Object> values =
        List.of(
            inner,
            List.of(),
            List.of("a"),
            List.of("a", "b", 3L),
            new HashSet<>(inner),
            new LinkedHashSet<>(List.of("z", "a")),
            new TreeSet<>(List.of("z", "a")),
            Set.of(new UUID(1, 2)),
            Set.of(1, 2, 3),
            new HashMap<>(Map.of("a", inner)),
            new LinkedHashMap<>(Map.of("a", DayOfWeek.MONDAY)),
            new TreeMap<>(Map.of("b", 1, "a", 2)),
            Map.of("a", 1),
            Map.of("a", Map.of("b", Set.of(1)), "c", Map.of()));
    for (Object value : values) {
      byte[] bytes = codec.encode(value);
      Object copy = codec.decode(bytes);
      assertThat(copy).isEqualTo(value).hasSameClassAs(value);
      assertThat(bytes[0]).as("%s", value).isNotEqualTo((byte) SERIALIZED);
      if (value instanceof LinkedHashSet<?> set) {
        assertThat(new ArrayList<Object>((Set<?>) copy)).isEqualTo(new ArrayList<Object>(set));
      }
    }
  }

  @Test
  void whatHasAClassOrOrderOfItsOwnIsSerialized() {
    List<Object> values =
        List.of(
            Arrays.asList(1, 2),
            new CopyOnWriteArrayList<>(List.of(1)),
            new TreeSet<>(Comparator.<String>reverseOrder()),
            Collections.unmodifiableList(new ArrayList<>(List.of(1))),
            Stream.of("a", null).toList(),
            EnumSet.of(DayOfWeek.MONDAY),
            new ArrayList<Object>(List.of(new Tags(Set.of(), Map.of(), List.of()))));
    for (Object value : values) {
      byte[] bytes = codec.encode(value);
      assertThat(bytes[0]).as("%s", value.getClass()).isEqualTo((byte) SERIALIZED);
      assertThat(codec.decode(bytes)).isEqualTo(value).hasSameClassAs(value);
    }
  }

  @Test
  void equalCollectionsAreEqualKeysWhateverTheirClassesAndOrder() {
    List<List<Object>> equal =
        List.of(
            List.of(
                List.of("a", 1),
                new ArrayList<>(List.of("a", 1)),
                Arrays.asList("a", 1),
                new CopyOnWriteArrayList<Object>(List.of("a", 1)),
                Collections.unmodifiableList(new ArrayList<>(List.of("a", 1)))),
            List.of(
                new LinkedHashSet<>(List.of("x", "y", "z")),
                new LinkedHashSet<>(List.of("z", "x", "y")),
                new TreeSet<>(List.of("x", "y", "z")),
                Set.of("y", "z", "x")),
            List.of(
                linked("a", Set.of(1, 2), "b", Set.of()),
                linked("b", new HashSet<>(), "a", new TreeSet<>(Set.of(2, 1))),
                new TreeMap<>(Map.of("a", Set.of(1, 2), "b", Set.of())),
                Map.of("b", Set.of(), "a", Set.of(2, 1))));
    for (List<Object> alike : equal) {
      for (Object key : alike) {
        byte[] bytes = codec.encodeKey(key);
        assertThat(bytes).isEqualTo(codec.encodeKey(alike.get(0)));
        assertThat(codec.decode(bytes)).isEqualTo(key);
      }
    }
    assertThat(codec.encodeKey(List.of(1, 2))).isNotEqualTo(codec.encodeKey(List.of(2, 1)));
    assertThat(codec.encodeKey(List.of(1))).isNotEqualTo(codec.encodeKey(Set.of(1)));
  }

  private static Map<Object, Object> linked(Object... keysAndValues) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  @Test
  void collectionsInsideASerializedKeyAreOrderedToo() {
    Tags first =
        new Tags(
            new LinkedHashSet<>(List.of("a", "b", "c")),
            new HashMap<>(Map.of("x", Set.of(1, 2, 3))),
            List.of(1, 2, 3));
    Tags second =
        new Tags(
            new LinkedHashSet<>(List.of("c", "b", "a")),
            new LinkedHashMap<>(Map.of("x", new HashSet<>(List.of(3, 1, 2)))),
            new ArrayList<>(List.of(1, 2, 3)));
    Tags third = new Tags(Set.of("b", "a", "c"), Map.of("x", Set.of(2, 3, 1)), List.of(1, 2, 3));
    assertThat(first).isEqualTo(second).isEqualTo(third);
    assertThat(codec.encodeKey(second)).isEqualTo(codec.encodeKey(first));
    assertThat(codec.encodeKey(third)).isEqualTo(codec.encodeKey(first));
    assertThat(codec.decode(codec.encodeKey(first))).isEqualTo(first);
    assertThat(codec.encodeKey(new Tags(Set.of("a"), Map.of(), List.of())))
        .isNotEqualTo(codec.encodeKey(new Tags(Set.of("b"), Map.of(), List.of())));
  }

  @Test
  void aCollectionThatHoldsItselfOrIsNestedDeeplyIsNoEndlessLoop() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThat((List<?>) codec.decode(codec.encode(itself))).hasSize(1);
    Object nest = new ArrayList<>(List.of("egg"));
    Object ordered = new HashSet<>(List.of("egg"));
    for (int i = 0; i < 100; i++) {
      nest = new ArrayList<>(List.of(nest));
      ordered = new HashSet<>(List.of(ordered));
    }
    assertThat(codec.decode(codec.encode(nest))).isEqualTo(nest);
    assertThat(codec.decode(codec.encodeKey(ordered))).isEqualTo(ordered);
  }

  @Test
  void damagedCollectionsEndInACodecException() {
    byte[] good = codec.encode(new TreeMap<>(Map.of("a", 1, "b", 2)));
    for (int i = 1; i < good.length; i++) {
      byte[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CodecException.class);
    }
    byte[] mixed = codec.encode(new ArrayList<>(Arrays.asList("a", 1, null)));
    for (int tag = CollectionCodec.LIST; tag <= CollectionCodec.MAP; tag++) {
      for (int kind = 0; kind < 8; kind++) {
        byte[] bytes = mixed.clone();
        bytes[0] = (byte) tag;
        bytes[1] = (byte) kind;
        try {
          assertThat(codec.decode(bytes)).isNotNull();
        } catch (CodecException expected) {
          assertThat(expected).hasMessageContaining("cache orders");
        }
      }
    }
    byte[] deep = codec.encode(new ArrayList<>(List.of()));
    for (int i = 0; i < 100; i++) {
      byte[] around = new byte[deep.length + 4];
      around[0] = CollectionCodec.LIST;
      around[1] = 1;
      around[2] = 1;
      around[3] = (byte) deep.length;
      System.arraycopy(deep, 0, around, 4, deep.length);
      deep = deep.length < 120 ? around : deep;
    }
    assertThat(codec.decode(Arrays.copyOf(deep, deep.length))).isInstanceOf(List.class);
  }

  @Test
  void checkedKeysAreRefusedIfTheirBytesCannotTellWhatEqualsDoes() {
    ObjectCodec checking =
        new ObjectCodec(
            "cache orders",
            CollectionCodecTest.class.getClassLoader(),
            new CodecSettings(SerializationRules.DEFAULT, Set.of(), false, true, false));
    for (Object good :
        List.of(
            "a",
            1,
            new byte[] {1},
            List.of("a", Set.of(1, 2)),
            new Tags(Set.of("a", "b"), Map.of("x", Set.of(1)), List.of(1, "a")))) {
      checking.encodeKey(good);
    }
    assertThatThrownBy(() -> checking.encodeKey(new NoEquals()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(NoEquals.class.getName())
        .hasMessageContaining("equals and hashCode");
    assertThatThrownBy(() -> checking.encodeKey(new Random()))
        .hasMessageContaining("state that equals ignores");
    codec.encodeKey(new NoEquals());
  }

  private static final class NoEquals implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** All are equal, and written differently each time. */
  private static final class Random implements Serializable {
    private static final long serialVersionUID = 1L;
    private static int made;
    private int number = made++;

    private Object readResolve() {
      return new Random();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Random;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public String toString() {
      return "" + number;
    }
  }

  @Test
  void mapsThatCompareOtherwiseAreSerialized() {
    IdentityHashMap<Object, Object> identity = new IdentityHashMap<>();
    identity.put("a", 1);
    assertThat(codec.encodeKey(identity)[0]).isEqualTo((byte) SERIALIZED);
  }
}
