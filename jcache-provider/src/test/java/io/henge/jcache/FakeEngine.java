package io.henge.jcache;

import io.henge.replication.membership.Handover;
import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.ChangeListener;
import io.henge.replication.node.Engine;
import io.henge.replication.node.EntryHolders;
import io.henge.replication.node.NodeSettings;
import io.henge.replication.node.NodeState;
import io.henge.replication.node.ProcessorHost;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.node.statistics.CallStatistics;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** A member in memory; several share a {@link FakeCluster}. */
final class FakeEngine implements Engine {

  final FakeCluster cluster;
  final NodeSettings settings;
  final ConcurrentMap<String, ProcessorHost> hosts = new ConcurrentHashMap<>();
  final ConcurrentMap<String, ChangeListener> listeners = new ConcurrentHashMap<>();
  final ConcurrentMap<String, Supplier<CallStatistics>> counters = new ConcurrentHashMap<>();
  volatile long evictions;
  volatile boolean closed;
  volatile NodeState state = NodeState.RUNNING;
  volatile MemberId id = new MemberId(1, System.identityHashCode(this));

  FakeEngine(FakeCluster cluster, NodeSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
    cluster.members.add(this);
  }

  @Override
  public MemberId id() {
    return id;
  }

  @Override
  public String clusterName() {
    return settings.clusterName();
  }

  @Override
  public String nodeName() {
    return settings.nodeName();
  }

  @Override
  public NodeState state() {
    return closed ? NodeState.CLOSED : state;
  }

  @Override
  public ReplicatedCache openCache(
      String name, CacheSettings wanted, SortedMap<String, String> attributes, ProcessorHost host) {
    FakeCluster.Definition definition = cluster.define(name, wanted.copies(), attributes);
    hosts.put(name, host);
    return new FakeReplicatedCache(name, definition, cluster);
  }

  /** Nothing is told here: tests do that. */
  @Override
  public void listen(String cacheName, ChangeListener listener, boolean previousValues) {
    cluster.calls.add("listen " + previousValues);
    listeners.put(cacheName, listener);
  }

  @Override
  public void stopListening(String cacheName) {
    cluster.calls.add("stopListening");
    listeners.remove(cacheName);
  }

  @Override
  public void closeCache(String name) {
    hosts.remove(name);
    listeners.remove(name);
    counters.remove(name);
  }

  @Override
  public void count(String cacheName, Supplier<CallStatistics> calls) {
    counters.put(cacheName, calls);
  }

  @Override
  public long evictions(String cacheName) {
    return evictions;
  }

  @Override
  public void destroyCache(String name) {
    cluster.definitions.remove(name);
    cluster.members.forEach(member -> member.hosts.remove(name));
  }

  @Override
  public Set<String> cacheNames() {
    return new TreeSet<>(cluster.definitions.keySet());
  }

  @Override
  public SortedMap<String, String> attributes(String cacheName) {
    return cluster.attributes(cacheName);
  }

  @Override
  public void drain(MemberId member) {
    throw new UnsupportedOperationException("there is one member only");
  }

  @Override
  public void undrain(MemberId member) {
    throw new UnsupportedOperationException("there is one member only");
  }

  @Override
  public String foundAgain(String clusterName, Set<MemberId> survivors) {
    throw new UnsupportedOperationException("there is one member only");
  }

  @Override
  public Handover handover(MemberId member) {
    return new Handover(0, 0, 0, false, false, false);
  }

  @Override
  public EntryHolders locate(String cacheName, byte[] key) {
    return cluster.definitions.containsKey(cacheName)
        ? new EntryHolders(7, settings.nodeName(), List.of("another"), true)
        : null;
  }

  @Override
  public void close() {
    closed = true;
    cluster.members.remove(this);
  }
}
