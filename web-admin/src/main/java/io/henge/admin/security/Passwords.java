package io.henge.admin.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: {@code iterations$salt$hash} by PBKDF2 with HMAC-SHA-256. Run as a program
 * it adds a user to a file of users.
 */
public final class Passwords {

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int ARGUMENTS = 3;
  private static final int ITERATIONS = 120_000;
  private static final int FEWEST_ITERATIONS = 10_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private Passwords() {}

  /**
   * Adds a user to a file of users.
   *
   * @param arguments the file, the name, and viewer or operator; the password is read from the
   *     input
   */
  public static void main(String[] arguments) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String password = arguments.length == ARGUMENTS ? input.readLine() : null;
    if (password == null || password.isEmpty()) {
      throw new IllegalArgumentException(
          "Give <file> <name> viewer|operator, and the password on the input");
    }
    Files.writeString(
        Path.of(arguments[0]),
        arguments[1] + ":" + arguments[2] + ":" + hash(password.toCharArray()) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The hash of a password, with a new salt. */
  static String hash(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder encoder = Base64.getEncoder();
    return ITERATIONS
        + "$"
        + encoder.encodeToString(salt)
        + "$"
        + encoder.encodeToString(derive(password, salt, ITERATIONS));
  }

  /** Whether a password is the one that was hashed; takes as long if not. */
  static boolean matches(char[] password, String hash) {
    String[] parts = hash.split("\\$", -1);
    Base64.Decoder decoder = Base64.getDecoder();
    byte[] actual = derive(password, decoder.decode(parts[1]), Integer.parseInt(parts[0]));
    return MessageDigest.isEqual(actual, decoder.decode(parts[2]));
  }

  /** Whether a text can be a hash. */
  static boolean isHash(String text) {
    String[] parts = text.split("\\$", -1);
    try {
      int iterations = parts.length == 3 ? Integer.parseInt(parts[0]) : 0;
      return iterations >= FEWEST_ITERATIONS
          && iterations <= MOST_ITERATIONS
          && Base64.getDecoder().decode(parts[1]).length >= SALT_BYTES / 2
          && Base64.getDecoder().decode(parts[2]).length == HASH_BITS / Byte.SIZE;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
    } finally {
      spec.clearPassword();
      Arrays.fill(salt, (byte) 0);
    }
  }
}
