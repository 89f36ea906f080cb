package io.henge.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyTypeTest {

  @Test
  void aStringIsTheByteTwoAndUtf8() {
    assertThat(KeyType.named("string").toHex("")).isEqualTo("02");
    assertThat(KeyType.named("string").toHex("aß")).isEqualTo("0261c39f");
  }

  @Test
  void hexIsTakenAsItIsInLowerCase() {
    assertThat(KeyType.named("hex").toHex(" 0AFF ")).isEqualTo("0aff");
  }

  @Test
  void whatIsNoKeyOfTheTypeIsRefused() {
    assertThatThrownBy(() -> KeyType.named("hex").toHex("0g"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KeyType.named("string").toHex("\ud83c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hex");
  }

  @Test
  void anUnknownTypeIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> KeyType.named("HEX"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("[string, hex]");
  }
}
