package io.henge.admin.server;

import io.henge.admin.security.TestPasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The people of the tests: ada may act, eve only looks. */
final class Users {

  static final String ADA = "ada";
  static final String EVE = "eve";

  private Users() {}

  static String password(String name) {
    return name + "'s pass:wörd";
  }

  /** The header of HTTP Basic. */
  static String basic(String name, String password) {
    byte[] text = (name + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  /** Writes the file of users. */
  static Path write(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("users"),
        "# test\n\nada:operator:"
            + TestPasswords.hash(password(ADA))
            + "\neve:viewer:"
            + TestPasswords.hash(password(EVE))
            + "\n");
  }
}
