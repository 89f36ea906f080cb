package io.henge.replication.consensus;

import java.util.Arrays;
import java.util.List;

/** Batches of commands by their content. */
final class Batches {

  private Batches() {}

  static boolean equal(List<byte[]> left, List<byte[]> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!Arrays.equals(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  static long bytes(List<byte[]> batch) {
    long bytes = 0;
    for (byte[] command : batch) {
      bytes += command.length;
    }
    return bytes;
  }
}
