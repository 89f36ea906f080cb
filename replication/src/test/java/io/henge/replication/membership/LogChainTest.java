package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogChainTest {

  private static final byte[] COMMAND =
      HexFormat.of().parseHex("c8e5021f3c597693b0cdea0724415e7b98b5d2");
  private static final byte[] OTHER = HexFormat.of().parseHex("ff01020304050607");

  /** The console's page computes the same: chain.test.js has the same figures. */
  @Test
  void theHashesAreThoseThatEveryVersionComputes() {
    long first = LogChain.next(0, 1, List.of(), List.of());
    assertThat(first).isEqualTo(0x6e789e6aa1b965f4L);
    assertThat(LogChain.next(first, 2, List.of(COMMAND, OTHER), List.of(true, false)))
        .isEqualTo(0x9fd3d5b2c2d4f4c9L);
    assertThat(LogChain.next(-1, 1L << 40, List.of(new byte[0]), List.of(true)))
        .isEqualTo(0x6e6ed99143d1b346L);
  }

  @Test
  void everyPartOfASlotIsInItsHash() {
    long hash = LogChain.next(5, 9, List.of(COMMAND, OTHER), List.of(true, false));
    assertThat(hash)
        .isNotEqualTo(LogChain.next(6, 9, List.of(COMMAND, OTHER), List.of(true, false)))
        .isNotEqualTo(LogChain.next(5, 10, List.of(COMMAND, OTHER), List.of(true, false)))
        .isNotEqualTo(LogChain.next(5, 9, List.of(OTHER, COMMAND), List.of(true, false)))
        .isNotEqualTo(LogChain.next(5, 9, List.of(COMMAND, OTHER), List.of(false, true)))
        .isNotEqualTo(LogChain.next(5, 9, List.of(COMMAND), List.of(true)));
  }
}
