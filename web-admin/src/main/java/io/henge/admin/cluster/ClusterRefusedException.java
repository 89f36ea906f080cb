package io.henge.admin.cluster;

/** The node refused or failed a call; the message is the node's own. */
public final class ClusterRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClusterRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
