package io.henge.admin.rest;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The ways in which a key can be written, each with the rule that makes the stored bytes of it. */
enum KeyType {
  /** The encoded bytes themselves, two hexadecimal digits each. */
  HEX {
    @Override
    String toHex(String key) {
      return HexFormat.of().formatHex(HexFormat.of().parseHex(key.strip()));
    }
  };

  /**
   * The key's encoded bytes in hexadecimal.
   *
   * @throws IllegalArgumentException if the text is no key of this type
   */
  abstract String toHex(String key);

  static KeyType named(String name) {
    for (KeyType type : values()) {
      if (type.word().equals(name)) {
        return type;
      }
    }
    throw new ProblemException(
        Problem.of(
            400,
            "KEY_TYPE",
            "Unknown type of key",
            "The type " + name + " is not known. Use one of " + names() + "."));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(KeyType::word).toList();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
