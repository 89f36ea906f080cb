package io.henge.jcache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalCodecsTest {

  @TempDir private Path directory;

  /** Not serializable. */
  record Money(long cents) {}

  record Broken(String text) {}

  /** Writes money as text. */
  public static final class MoneyCodec implements Codec {

    @Override
    public String name() {
      return "money";
    }

    @Override
    public boolean handles(Class<?> type) {
      return type == Money.class || type == Broken.class;
    }

    @Override
    public byte[] encode(Object object) throws IOException {
      if (object instanceof Money money) {
        return Long.toString(money.cents()).getBytes(StandardCharsets.US_ASCII);
      }
      throw new IOException("it is broken");
    }

    @Override
    public Object decode(byte[] bytes, Class<?> type) {
      return new Money(Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)));
    }
  }

  /** Has the other one's name. */
  public static final class Namesake implements Codec {

    @Override
    public String name() {
      return "money";
    }

    @Override
    public boolean handles(Class<?> type) {
      return false;
    }

    @Override
    public byte[] encode(Object object) {
      throw new AssertionError();
    }

    @Override
    public Object decode(byte[] bytes, Class<?> type) {
      throw new AssertionError();
    }
  }

  private ClassLoader application(String... codecs) throws IOException {
    Path application = Files.createTempDirectory(directory, "application");
    Path services = Files.createDirectories(application.resolve("META-INF/services"));
    Files.write(services.resolve(Codec.class.getName()), List.of(codecs));
    return new URLClassLoader(
        new URL[] {application.toUri().toURL()}, ExternalCodecsTest.class.getClassLoader());
  }

  @Test
  void anObjectOfItsClassesGoesThroughTheApplicationsCodec() throws IOException {
    ObjectCodec codec = new ObjectCodec("cache orders", application(MoneyCodec.class.getName()));
    byte[] bytes = codec.encode(new Money(5));
    assertThat(codec.decode(bytes)).isEqualTo(new Money(5));
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("money").endsWith("5");
    assertThat(codec.encodeKey(new Money(5))).isEqualTo(bytes);
    List<Money> list = new ArrayList<>(List.of(new Money(1), new Money(2)));
    assertThat(codec.decode(codec.encode(list))).isEqualTo(list);
    assertThat(codec.decode(codec.encodeKey(Set.of(new Money(1), new Money(2)))))
        .isEqualTo(Set.of(new Money(1), new Money(2)));
  }

  @Test
  void itsFailuresSayWhichCodecAndClass() throws IOException {
    ObjectCodec codec = new ObjectCodec("cache orders", application(MoneyCodec.class.getName()));
    assertThatThrownBy(() -> codec.encode(new Broken("a")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec money failed to encode")
        .hasMessageContaining(Broken.class.getName())
        .hasRootCauseMessage("it is broken");
    byte[] bytes = codec.encode(new Money(5));
    bytes[bytes.length - 1] = 'x';
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec money failed to decode");
  }

  @Test
  void aMemberWithoutTheCodecIsToldItsName() throws IOException {
    byte[] bytes =
        new ObjectCodec("cache orders", application(MoneyCodec.class.getName()))
            .encode(new Money(5));
    ObjectCodec without = new ObjectCodec("cache orders", application());
    assertThatThrownBy(() -> without.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec money that wrote it is not on the class path");
    assertThatThrownBy(() -> without.encode(new Money(5))).isInstanceOf(CodecException.class);
  }

  @Test
  void theFilterHoldsForItsClassesToo() throws IOException {
    ClassLoader application = application(MoneyCodec.class.getName());
    byte[] bytes = new ObjectCodec("cache orders", application).encode(new Money(5));
    ObjectCodec strict =
        new ObjectCodec(
            "cache orders",
            application,
            new CodecSettings(
                new SerializationRules(true, List.of(), 1, 1, 1, 1),
                Set.of(),
                false,
                false,
                false));
    assertThatThrownBy(() -> strict.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("henge.serialization.allow=" + Money.class.getName());
    assertThatThrownBy(() -> strict.encode(new Money(5)))
        .hasMessageContaining("henge.serialization.allow=" + Money.class.getName());
  }

  @Test
  void codecsThatCannotBeUsedAreRefusedAtTheStart() throws IOException {
    ClassLoader twice = application(MoneyCodec.class.getName(), Namesake.class.getName());
    assertThatThrownBy(() -> new ObjectCodec("cache orders", twice))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("both called money");
    ClassLoader unknown = application("com.shop.Missing");
    assertThatThrownBy(() -> new ObjectCodec("cache orders", unknown))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("com.shop.Missing");
  }
}
