package io.henge.jcache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SerializationRulesTest {

  private record Item(String name) implements Serializable {}

  private record Order(Item item, List<BigDecimal> prices) implements Serializable {}

  private enum Color {
    RED
  }

  private static ObjectCodec codec(boolean strict, String... allow) {
    return codec(new SerializationRules(strict, List.of(allow), 100, 1_000, 1_000, 10_000));
  }

  private static ObjectCodec codec(SerializationRules rules) {
    return new ObjectCodec(
        "cache orders",
        SerializationRulesTest.class.getClassLoader(),
        new CodecSettings(rules, Set.of(String.class, Order.class), false, false, false));
  }

  private static Order order() {
    return new Order(new Item("apple"), Arrays.asList(BigDecimal.ONE));
  }

  @Test
  void strictAllowsDeclaredTypesAndValuesOfTheJdkOnly() {
    ObjectCodec strict = codec(true);
    for (Object value : List.of("a", Arrays.asList(1, "a"), new Object[] {1L}, new int[5])) {
      assertThat(strict.decode(strict.encode(value))).isEqualTo(value);
    }
    assertThatThrownBy(() -> strict.encode(order()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("henge.serialization.allow=" + Item.class.getName());
    assertThatThrownBy(() -> strict.encode(Color.RED))
        .hasMessageContaining("henge.serialization.allow=" + Color.class.getName());
    byte[] written = codec(false).encode(order());
    assertThatThrownBy(() -> strict.decode(written))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("henge.serialization.allow=" + Item.class.getName());
    byte[] constant = codec(false).encode(Color.RED);
    assertThatThrownBy(() -> strict.decode(constant))
        .hasMessageContaining("henge.serialization.allow=");
  }

  @Test
  void allowedClassesAndPackagesAreDecoded() {
    for (String allowed :
        List.of(
            Item.class.getName(),
            SerializationRulesTest.class.getName(),
            "io.henge.jcache.codec.*",
            "io.henge.**")) {
      ObjectCodec codec = codec(true, "com.shop.Other", allowed);
      assertThat(codec.decode(codec.encode(order()))).isEqualTo(order());
    }
    for (String other :
        List.of("io.henge.*", "io.henge.jcache.code.*", "io.henge.jcache.codec.S")) {
      assertThatThrownBy(() -> codec(true, other).encode(order()))
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void aClassOnTheListOfGadgetsCanBeAllowedByItsName() {
    Object gadget = new javax.swing.event.EventListenerList();
    assertThatThrownBy(() -> codec(false).encode(gadget))
        .hasMessageContaining("henge.serialization.allow=javax.swing.event.EventListenerList");
    ObjectCodec codec = codec(false, "javax.swing.event.EventListenerList");
    assertThat(codec.decode(codec.encode(gadget))).hasSameClassAs(gadget);
  }

  @Test
  void eachLimitIsNamedWhereItIsExceeded() {
    ObjectCodec codec = codec(false);
    ObjectCodec generous = codec(SerializationRules.DEFAULT);
    Object nest = "egg";
    for (int i = 0; i < 150; i++) {
      nest = Collections.singletonList(nest);
    }
    Object[] many = new Object[900];
    Arrays.setAll(many, i -> new Item("" + i));
    assertRefused(codec, generous.encode(nest), "max-depth=100");
    assertRefused(codec, generous.encode(many), "max-references=1000");
    assertRefused(codec, generous.encode(new int[1_001]), "max-array-length=1000");
    assertRefused(codec, generous.encode(Collections.nCopies(2, "x".repeat(20_000))), "max-bytes");
    assertThatThrownBy(() -> codec.encode(new Item("x".repeat(20_000))))
        .hasMessageContaining("henge.serialization.max-bytes=10000");
  }

  private static void assertRefused(ObjectCodec codec, byte[] bytes, String setting) {
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("henge.serialization." + setting);
  }
}
