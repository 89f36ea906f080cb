package io.henge.jcache.configuration;

import io.henge.replication.node.NodeSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts of bytes as people write them. */
final class MemoryText {

  private static final Pattern BANDWIDTH = Pattern.compile("([1-9]\\d{0,5})\\s*([kKMG])B");
  private static final Pattern SHARE_OF_HEAP = Pattern.compile("([1-9]|[1-8]\\d|90)\\s*%");
  private static final Pattern BYTES = Pattern.compile("[1-9]\\d{6,17}");
  private static final long LEAST_MEMORY = 1 << 20;

  private MemoryText() {}

  /** Bytes per second, in units of 1,024; empty if it is no such text. */
  static Optional<Long> bandwidth(String text) {
    Matcher matcher = BANDWIDTH.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int power = "KMG".indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
    long bytes = Long.parseLong(matcher.group(1)) << (10 * power);
    return bytes <= 100L << 30 ? Optional.of(bytes) : Optional.empty();
  }

  /**
   * A share of the heap, a number of bytes, or {@link Long#MAX_VALUE} for no bound; empty if it is
   * no such text.
   */
  static Optional<Long> bound(String text) {
    Matcher share = SHARE_OF_HEAP.matcher(text);
    if (share.matches()) {
      return Optional.of(NodeSettings.shareOfHeap(Integer.parseInt(share.group(1))));
    }
    return text.equals("unbounded")
        ? Optional.of(Long.MAX_VALUE)
        : Optional.of(text)
            .filter(bytes -> BYTES.matcher(bytes).matches())
            .map(Long::valueOf)
            .filter(bytes -> bytes >= LEAST_MEMORY);
  }
}
