package io.henge.jcache;

import io.henge.replication.node.Engine;
import java.util.function.Consumer;

/**
 * Leaves the cluster in good order when a plain Java process is ended from outside (SIGTERM). An
 * application server undeploys its applications itself, and a hook would keep their class loaders
 * from being collected: so there is one only for a member of the system class loader, which nothing
 * can outlive.
 */
final class ShutdownHook {

  private final Thread thread;

  private ShutdownHook(Thread thread) {
    this.thread = thread;
  }

  /** Closes the engine when the process ends, if {@code application} is the process itself. */
  static ShutdownHook of(Engine engine, ClassLoader application) {
    return of(engine, application, Runtime.getRuntime()::addShutdownHook);
  }

  /** The same with another way to have a thread started at the end of the process. */
  static ShutdownHook of(Engine engine, ClassLoader application, Consumer<Thread> atEnd) {
    if (application != ClassLoader.getSystemClassLoader()) {
      return new ShutdownHook(null);
    }
    Thread thread = new Thread(engine::close, "henge-shutdown-" + engine.nodeName());
    try {
      atEnd.accept(thread);
    } catch (IllegalStateException endsAlready) {
      return new ShutdownHook(null);
    }
    return new ShutdownHook(thread);
  }

  /** The engine was closed otherwise. */
  void remove() {
    if (thread == null) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException endsAlready) {
      // It runs, or will; closing twice does no harm.
    }
  }
}
