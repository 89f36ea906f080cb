package io.henge.jcache;

import io.henge.replication.node.Engine;
import io.henge.replication.node.NodeSettings;

/** Starts the member of an application; the one place that knows the engine's implementation. */
@FunctionalInterface
interface EngineStarter {

  /** Starts a member; it may still be looking for its cluster when this returns. */
  Engine start(NodeSettings settings);

  /** Starts real members. */
  static EngineStarter real() {
    return settings -> {
      throw new UnsupportedOperationException("the engine is not built yet");
    };
  }
}
