package io.henge.replication.node.memory;

import java.io.IOException;

/** A file holds something else than what was written: it is left alone, and not believed. */
final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1;

  DamagedFileException(String what, Throwable cause) {
    super(what, cause);
  }

  DamagedFileException(String what) {
    super(what);
  }
}
