package io.henge.jcache;

import io.henge.replication.node.Engine;
import io.henge.replication.node.HengeNode;
import io.henge.replication.node.NodeSettings;

/** Starts the member of an application; the one place that knows the engine's implementation. */
@FunctionalInterface
interface EngineStarter {

  /**
   * Starts a member; it may still be looking for its cluster when this returns.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound or a directory not be used
   */
  Engine start(NodeSettings settings);

  /** Starts real members. */
  static EngineStarter real() {
    return HengeNode::start;
  }
}
