package io.henge.admin.security;

/** Makes hashes for tests of other packages. */
public final class TestPasswords {

  private TestPasswords() {}

  /** The hash of a password. */
  public static String hash(String password) {
    return Passwords.hash(password.toCharArray());
  }
}
