package io.henge.jcache;

import io.henge.replication.node.Bytes;
import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.ProcessorHost;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the members in memory share. */
final class FakeCluster {

  final List<FakeEngine> members = new CopyOnWriteArrayList<>();
  final ConcurrentMap<String, Definition> definitions = new ConcurrentHashMap<>();

  /** Thrown by the next operations, if set. */
  volatile RuntimeException failure;

  /** Failures of processors on single keys, as strings, of several. */
  final Map<String, RuntimeException> failingProcessors = new ConcurrentHashMap<>();

  /** Names of the engine's methods that were called. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** What code did to entries, and the lifetimes that it gave them. */
  final List<String> outcomes = new CopyOnWriteArrayList<>();

  /** Runs before each exchange of bytes. */
  volatile Runnable beforeCompareAndSet = () -> {};

  /** Which member runs the processors that travel. */
  volatile int primary;

  EngineStarter starter() {
    return settings -> new FakeEngine(this, settings);
  }

  Definition define(String name, int copies, SortedMap<String, String> attributes) {
    Definition definition =
        definitions.computeIfAbsent(
            name, missing -> new Definition(copies, attributes, new ConcurrentHashMap<>()));
    if (definition.copies != copies) {
      throw new OperationRefusedException(
          "Cache " + name + " exists with " + definition.copies + " copies, not " + copies);
    }
    return definition;
  }

  SortedMap<String, String> attributes(String cacheName) {
    Definition definition = definitions.get(cacheName);
    return definition == null ? null : definition.attributes;
  }

  ProcessorHost hostAtPrimary(String cacheName) {
    return members.get(primary).hosts.get(cacheName);
  }

  record Definition(
      int copies, SortedMap<String, String> attributes, ConcurrentMap<Bytes, byte[]> entries) {}
}
