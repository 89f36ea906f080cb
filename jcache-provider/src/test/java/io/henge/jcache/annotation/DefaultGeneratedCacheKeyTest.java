package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.codec.ObjectCodec;
import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;

class DefaultGeneratedCacheKeyTest {

  private final ObjectCodec codec = new ObjectCodec("a test", getClass().getClassLoader());

  @Test
  void equalParametersMakeEqualKeysWithEqualBytes() {
    String shared = "shared";
    Object one =
        DefaultGeneratedCacheKey.of(shared, shared, 1L, null, new int[] {1}, DayOfWeek.MONDAY);
    Object two =
        DefaultGeneratedCacheKey.of(
            "sha".concat("red"), "share".concat("d"), 1L, null, new int[] {1}, DayOfWeek.MONDAY);
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(one.hashCode()).isNotZero();
    assertThat(codec.encodeKey(one)).isEqualTo(codec.encodeKey(two));
  }

  @Test
  void theTypeOfTheArrayThatWasGivenDoesNotMatter() {
    Object one = DefaultGeneratedCacheKey.of((Object[]) new String[] {"a", "b"});
    Object two = DefaultGeneratedCacheKey.of("a", "b");
    assertThat(codec.encodeKey(one)).isEqualTo(codec.encodeKey(two));
  }

  @Test
  void otherParametersMakeOtherKeys() {
    assertThat(DefaultGeneratedCacheKey.of("a", "b"))
        .isNotEqualTo(DefaultGeneratedCacheKey.of("b", "a"))
        .isNotEqualTo(DefaultGeneratedCacheKey.of("ab"))
        .isNotEqualTo(DefaultGeneratedCacheKey.of())
        .isNotEqualTo(DefaultGeneratedCacheKey.of("a", null));
    assertThat(DefaultGeneratedCacheKey.of(1)).isNotEqualTo(DefaultGeneratedCacheKey.of(1L));
  }

  @Test
  void aKeyThatTravelledIsTheSame() {
    Object key = DefaultGeneratedCacheKey.of("a", new String[] {"b"});
    Object decoded = codec.decode(codec.encodeKey(key));
    assertThat(decoded).isEqualTo(key).hasSameHashCodeAs(key).hasToString("[a, [b]]");
  }
}
