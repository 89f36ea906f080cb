package io.henge.admin.security;

import java.util.Locale;

/** What a visitor may do. */
public enum Role {
  /** Read everything. */
  VIEWER,
  /** Act as well. */
  OPERATOR;

  /** As REST has it: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
