package io.henge.jcache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectCodecTest {

  private final ObjectCodec codec =
      new ObjectCodec("cache orders", ObjectCodecTest.class.getClassLoader());

  @SuppressWarnings("JavaUtilDate") // applications have them
  static Stream<Object> builtIns() {
    ZonedDateTime summer = ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 1, ZoneId.of("Europe/Berlin"));
    return Stream.of(
        "",
        "Grüße 🌍 \u0000",
        "half a pair \ud83c, the other half \udf0d",
        true,
        false,
        (byte) -1,
        Short.MIN_VALUE,
        Short.MAX_VALUE,
        0,
        -1,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        'ß',
        '\uffff',
        -0.0f,
        Float.NaN,
        0.1,
        Double.NEGATIVE_INFINITY,
        new UUID(1, -1),
        BigInteger.TWO.pow(200).negate(),
        new BigDecimal("-123.4500"),
        new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
        new Date(-5),
        Instant.MIN,
        Instant.MAX,
        Instant.ofEpochSecond(-1, 999_999_999),
        Duration.ofSeconds(Long.MIN_VALUE),
        Duration.ofNanos(-1),
        LocalDate.MIN,
        LocalDate.MAX,
        LocalTime.MAX,
        LocalDateTime.of(2026, 2, 28, 1, 2, 3, 4),
        OffsetDateTime.of(LocalDateTime.MAX, ZoneOffset.MAX),
        summer,
        summer.withMonth(10).withDayOfMonth(25).withHour(2).withLaterOffsetAtOverlap(),
        ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.UTC),
        ZoneOffset.ofHoursMinutesSeconds(-1, -2, -3),
        Period.of(-1, 2, -3),
        Year.of(-44),
        YearMonth.of(2026, 12),
        MonthDay.of(2, 29),
        TimeUnit.DAYS,
        Planet.EARTH);
  }

  enum Planet {
    EARTH {
      @Override
      int moons() {
        return 1;
      }
    };

    abstract int moons();
  }

  @ParameterizedTest
  @MethodSource("builtIns")
  void commonTypesComeBackEqualFromTheSameBytes(Object object) {
    byte[] bytes = codec.encode(object);
    assertThat(codec.decode(bytes)).isEqualTo(object).hasSameClassAs(object);
    assertThat(codec.encodeKey(object)).isEqualTo(bytes);
    assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
    assertThat(bytes.length).isLessThan(64);
  }

  @Test
  void everyBuiltInTypeIsTriedAbove() {
    List<Class<?>> tried = new ArrayList<>(List.of(byte[].class));
    builtIns().forEach(object -> tried.add(object.getClass()));
    assertThat(tried)
        .containsAll(BuiltInType.ALL.stream().<Class<?>>map(BuiltInType::type).toList());
    assertThat(BuiltInType.ALL.stream().map(BuiltInType::tag)).doesNotHaveDuplicates();
  }

  @Test
  void differentObjectsHaveDifferentBytes() {
    List<Object> all = builtIns().toList();
    assertThat(all.stream().map(codec::encode).map(Arrays::toString)).doesNotHaveDuplicates();
    assertThat(codec.encode(1)).isNotEqualTo(codec.encode(1L));
    assertThat(codec.encode("\ud83c")).isNotEqualTo(codec.encode("\udf0d"));
    assertThat(codec.encode("\ud83c")).isNotEqualTo(codec.encode("?"));
  }

  @Test
  void bytesAreCopiedAndComeBackByContent() {
    byte[] value = {1, 2, 3};
    byte[] encoded = codec.encode(value);
    value[0] = 9;
    assertThat((byte[]) codec.decode(encoded)).containsExactly(1, 2, 3);
    assertThat(codec.encode(new byte[0])).hasSize(1);
  }

  @Test
  void everythingSerializableComesBack() {
    for (Object object :
        List.of(
            Map.of("a", List.of(1, 2)),
            new ArrayList<>(Arrays.asList("x", null)),
            new java.sql.Timestamp(5),
            new int[] {1},
            String.class,
            int.class,
            new Object[] {"a", new long[0][0]},
            new IllegalStateException("cached").getMessage())) {
      Object decoded = codec.decode(codec.encode(object));
      assertThat(decoded).usingRecursiveComparison().isEqualTo(object);
      assertThat(decoded).hasSameClassAs(object);
    }
  }

  @Test
  void readResolveAndWriteReplaceAreHonoured() {
    assertThat(codec.decode(codec.encode(Singleton.INSTANCE))).isSameAs(Singleton.INSTANCE);
  }

  static final class Singleton implements Serializable {
    private static final long serialVersionUID = 1L;
    static final Singleton INSTANCE = new Singleton();

    private Object readResolve() throws ObjectStreamException {
      return INSTANCE;
    }
  }

  @Test
  void proxiesComeBack() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Comparable.class}, new Zero());
    Object decoded = codec.decode(codec.encode(proxy));
    assertThat(Proxy.isProxyClass(decoded.getClass())).isTrue();
  }

  record Zero() implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return 0;
    }
  }

  record Pair(Object one, Object two) implements Serializable {}

  @Test
  void equalLeavesOfAKeyNeedNotBeTheSameObjects() {
    String text = "text";
    String copy = String.valueOf(text.toCharArray());
    Integer number = 100_000;
    Integer same = Integer.valueOf("100000");
    assertThat(copy).isNotSameAs(text);
    assertThat(same).isNotSameAs(number);
    assertThat(codec.encodeKey(new Pair(text, text)))
        .isEqualTo(codec.encodeKey(new Pair(text, copy)));
    assertThat(codec.encodeKey(List.of(number, number)))
        .isEqualTo(codec.encodeKey(List.of(number, same)));
    assertThat(codec.decode(codec.encodeKey(new Pair(number, text))))
        .isEqualTo(new Pair(number, text));
  }

  @Test
  void aClassThatIsNotSerializableIsNamed() {
    assertThatThrownBy(() -> codec.encode(new Pair("a", new Object())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("cache orders")
        .hasMessageContaining(Pair.class.getName())
        .hasMessageContaining("java.lang.Object is not serializable");
  }

  @Test
  void aClassThatIsUnknownHereIsNamed() {
    ObjectCodec bare =
        new ObjectCodec(
            "cache orders", new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader()));
    for (Object object : List.of(new Pair(1, 2), Planet.EARTH)) {
      byte[] bytes = codec.encode(object);
      assertThatThrownBy(() -> bare.decode(bytes))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("ObjectCodecTest$")
          .hasMessageContaining("deploy it");
    }
  }

  @Test
  void knownGadgetsAreRefusedBothWays() throws IOException {
    Object gadget = new javax.swing.event.EventListenerList();
    assertThatThrownBy(() -> codec.encode(gadget))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("javax.swing.event.EventListenerList")
        .hasMessageContaining("never decoded");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(codec.encode(new Pair(1, 2))[0]);
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(gadget);
    }
    assertThatThrownBy(() -> codec.decode(bytes.toByteArray()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("class javax.swing.event.EventListenerList")
        .hasMessageContaining("henge.serialization.allow=javax.swing.event.EventListenerList");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedWhenItIsStored() {
    Object nest = "egg";
    for (int i = 0; i < 200_000; i++) {
      nest = Collections.singletonList(nest);
    }
    Object tooDeep = nest;
    assertThatThrownBy(() -> codec.encode(tooDeep))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void whatIsTooLargeToBeReadIsRefusedWhenItIsStored() {
    Object[] large = new Object[(16 << 20) + 1];
    assertThatThrownBy(() -> codec.encode(large))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("henge.serialization.max-array-length");
  }

  @Test
  void damagedBytesEndInACodecException() {
    for (Object object : List.of("text", 5, new UUID(1, 2), Planet.EARTH, List.of(1), 1.5)) {
      byte[] bytes = codec.encode(object);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        if (length == 0 || !(object instanceof String)) {
          assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CodecException.class);
        }
      }
    }
    assertThatThrownBy(() -> codec.decode(new byte[] {(byte) 200}))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("same version");
    assertThatThrownBy(() -> codec.decode(new byte[] {11, 1, 1}))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aFailureInsideTheApplicationsClassIsTold() {
    byte[] bytes = codec.encode(new Grumpy());
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("not today");
  }

  static final class Grumpy implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("not today");
    }
  }
}
