package io.henge.replication.transport;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place where a member may listen.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 */
record Seed(String host, int port) {

  private static final Pattern FORM = Pattern.compile("\\s*([^\\[\\]\\s]+)\\[(\\d{1,5})]\\s*");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  /** Whether the host is written as an address, so that nothing has to be looked up for it. */
  static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  /** Parses {@code host[port]}; throws {@link IllegalArgumentException} for anything else. */
  static Seed parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= 65535) {
        return new Seed(matcher.group(1), port);
      }
    }
    throw new IllegalArgumentException(
        "the seed '" + text + "' is not host[port] with a port from 1 to 65535");
  }
}
