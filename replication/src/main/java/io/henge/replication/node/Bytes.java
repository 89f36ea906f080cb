package io.henge.replication.node;

import java.util.Arrays;

/**
 * A byte array with equality by content.
 *
 * @param array the bytes; never changed
 */
public record Bytes(byte[] array) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Bytes[" + array.length + "]";
  }
}
