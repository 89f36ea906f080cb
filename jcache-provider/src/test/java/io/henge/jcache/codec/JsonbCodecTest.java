package io.henge.jcache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values as JSON, by the JSON-B implementation on the class path. */
class JsonbCodecTest {

  /** As JSON-B wants it: a bean, not serializable. */
  public static class Order {
    public String customer;
    public int total;
    public List<Line> lines = new ArrayList<>();

    /** For JSON-B. */
    public Order() {}

    Order(String customer, int total, String... articles) {
      this.customer = customer;
      this.total = total;
      for (String article : articles) {
        Line line = new Line();
        line.article = article;
        lines.add(line);
      }
    }
  }

  /** A part of it. */
  public static class Line {
    public String article;
  }

  /** Can be written and not read. */
  public static class WriteOnly {
    public final String text;

    WriteOnly(String text) {
      this.text = text;
    }
  }

  private final ObjectCodec codec = codec(SerializationRules.DEFAULT, true);

  private static ObjectCodec codec(SerializationRules rules, boolean json) {
    return new ObjectCodec(
        "cache orders",
        JsonbCodecTest.class.getClassLoader(),
        new CodecSettings(rules, Set.of(), false, false, json));
  }

  @Test
  void aValueThatIsNotSerializableGoesAsJson() {
    Order order = new Order("ada", 5, "apple", "pear");
    byte[] bytes = codec.encodeValue(order);
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains("\"customer\":\"ada\"")
        .contains("\"article\":\"pear\"");
    assertThat(codec.decode(bytes)).usingRecursiveComparison().isEqualTo(order);
  }

  @Test
  void soDoThoseInsideOfCollections() {
    Map<String, Object> values = Map.of("a", List.of(new Order("ada", 5)), "b", 1);
    assertThat(codec.decode(codec.encodeValue(values)))
        .usingRecursiveComparison()
        .isEqualTo(values);
  }

  @Test
  void typesWithAnEncodingOfTheirOwnKeepIt() {
    assertThat(codec.encodeValue("text")).isEqualTo(codec.encode("text"));
    assertThat(codec.encodeValue(5)).isEqualTo(codec.encode(5));
  }

  @Test
  void keysAreNeverJson() {
    assertThatThrownBy(() -> codec.encodeKey(new Order("ada", 5)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("not serializable")
        .hasMessageContaining("codec=json-b is for values only");
  }

  @Test
  void whatCannotBeReadLaterIsRefusedWhenItIsStored() {
    assertThatThrownBy(() -> codec.encodeValue(new WriteOnly("a")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("json-b failed to encode")
        .hasMessageContaining(WriteOnly.class.getName());
  }

  @Test
  void theFilterHoldsForJsonToo() {
    byte[] bytes = codec.encodeValue(new Order("ada", 5));
    ObjectCodec strict = codec(new SerializationRules(true, List.of(), 1, 1, 1, 1), true);
    assertThatThrownBy(() -> strict.decode(bytes))
        .hasMessageContaining("henge.serialization.allow=" + Order.class.getName());
    assertThatThrownBy(() -> strict.encodeValue(new Order("ada", 5)))
        .hasMessageContaining("henge.serialization.allow=" + Order.class.getName());
  }

  @Test
  void aMemberThatIsNotSetSoReadsItAllTheSame() {
    ObjectCodec other = codec(SerializationRules.DEFAULT, false);
    Order order = new Order("ada", 5);
    assertThat(other.decode(codec.encodeValue(order))).usingRecursiveComparison().isEqualTo(order);
    assertThatThrownBy(() -> other.encodeValue(order)).hasMessageContaining("not serializable");
  }
}
