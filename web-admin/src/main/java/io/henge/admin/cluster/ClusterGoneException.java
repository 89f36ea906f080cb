package io.henge.admin.cluster;

/** The cluster bean is not registered any more: its application stopped or was undeployed. */
public final class ClusterGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClusterGoneException(String key, Throwable cause) {
    super("The cluster node " + key + " of this server has stopped.", cause);
  }
}
