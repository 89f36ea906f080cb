package io.henge.admin.rest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The ways in which a key can be written, each with the rule that makes the stored bytes of it: the
 * rule of henge-jcache's ObjectCodec, said again because the console shares no class with it.
 */
enum KeyType {
  /** A java.lang.String: the byte 2, then UTF-8. */
  STRING {
    @Override
    String toHex(String key) {
      try {
        ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
        byte[] body = new byte[utf8.remaining()];
        utf8.get(body);
        return "02" + HexFormat.of().formatHex(body);
      } catch (CharacterCodingException halfPair) {
        throw new IllegalArgumentException(
            "half of a surrogate pair is no character; give the encoded bytes as hex", halfPair);
      }
    }
  },
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
