package io.henge.admin.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** How small bytes become on their way to a browser. */
final class Gzip {

  private Gzip() {}

  /** The length of compressed bytes. */
  static int size(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.size();
  }
}
