package io.henge.replication.node;

import io.henge.replication.insight.KeyPlace;
import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Handover;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.ChangeListeners.Listening;
import io.henge.replication.node.memory.DataDirectory;
import io.henge.replication.node.statistics.CallStatistics;
import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A member of a cluster in this process. If the cluster removes it while it lives, or if its
 * cluster gives way to an older one, it begins again under a new id, without data, and says so.
 */
public final class HengeNode implements Engine {

  private static final Logger LOG = System.getLogger(HengeNode.class.getPackageName());
  private static final long REPEAT_NANOS = 200_000_000L;

  /** What whoever asked for a crash drill has to hear leaves before it. */
  private static final long LAST_WORD_MILLIS = 100;

  private final NodeSettings settings;
  private final ConcurrentHashMap<String, ProcessorHost> hosts = new ConcurrentHashMap<>();
  private final ChangeListeners listeners;
  private final CallCounters counters = new CallCounters();
  private final DataDirectory directory;
  private final ClusterHistory history;
  private final ClusterRequests requests;
  private final OperatorActions operator;
  private final Prober prober;
  private final ClusterBean bean;
  private final Object lifeCycle = new Object();
  private volatile Incarnation current;
  private volatile boolean closed;

  private HengeNode(NodeSettings settings, DataDirectory directory) {
    this.settings = settings;
    this.listeners = new ChangeListeners(settings.operationTimeout());
    this.directory = directory;
    this.requests = new ClusterRequests(settings, this::incarnation, () -> closed);
    this.operator = new OperatorActions(requests, new FoundingAgain(settings, this::incarnation));
    this.prober = new Prober(settings, requests, this::incarnation);
    this.bean = new ClusterBean(settings, this::incarnation, this::state, operator, prober);
    this.history = new ClusterHistory(bean::changed);
    history.except(prober::takes);
    bean.history(history);
    this.current = incarnate();
  }

  /**
   * Starts a node. Returns when it listens; it may still be looking for its cluster then.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound or a directory not be used
   */
  public static Engine start(NodeSettings settings) {
    try {
      DataDirectory directory =
          settings.dataDirectory() == null
              ? null
              : DataDirectory.open(settings.dataDirectory(), settings.nodeName());
      HengeNode node = new HengeNode(settings, directory);
      try {
        node.current.start();
      } catch (IOException | RuntimeException failure) {
        node.current.close();
        node.closeDirectory();
        throw failure;
      }
      node.bean.register();
      CacheMemory.announce(settings);
      return node;
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(
          "node "
              + settings.nodeName()
              + " of cluster "
              + settings.clusterName()
              + " cannot start: "
              + failure.getMessage(),
          failure);
    }
  }

  private void closeDirectory() {
    if (directory == null) {
      return;
    }
    try {
      directory.close();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "the data directory could not be closed", failure);
    }
  }

  private Incarnation incarnate() {
    return new Incarnation(
        settings,
        directory,
        history,
        listeners,
        counters,
        this::hostOf,
        this::onExpelled,
        this::onCrash);
  }

  /** A drill: a life of this node is to end as with its process. Goes on with another thread. */
  private void onCrash(Incarnation struck) {
    Thread fate = new Thread(() -> crash(struck), "henge-crash-" + settings.nodeName());
    fate.setDaemon(true);
    fate.start();
  }

  private void crash(Incarnation struck) {
    try {
      TimeUnit.MILLISECONDS.sleep(LAST_WORD_MILLIS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt(); // at once, then
    }
    synchronized (lifeCycle) {
      if (!closed && current == struck) {
        String why = "a crash drill";
        struck.crash(why);
        beginAgain(why);
      }
    }
  }

  private ProcessorHost hostOf(int cache) {
    ClusterState state = current.state();
    CacheDefinition definition = state == null ? null : state.caches().get(cache);
    return definition == null ? null : hosts.get(definition.name());
  }

  /** Called by an engine thread of the incarnation that is over: goes on with another thread. */
  private void onExpelled(String why) {
    if (closed) {
      return;
    }
    Thread successor = new Thread(() -> beginAgain(why), "henge-rejoin-" + settings.nodeName());
    successor.setDaemon(true);
    successor.start();
  }

  private void beginAgain(String why) {
    synchronized (lifeCycle) {
      if (closed || current.over() == null) {
        return;
      }
      LOG.log(
          Level.WARNING,
          "{0} is out of its cluster and begins again, with a new id and without data: {1}",
          settings.nodeName(),
          why);
      current.close();
      Incarnation next = incarnate();
      current = next;
      try {
        next.start();
      } catch (IOException failure) {
        LOG.log(
            Level.ERROR,
            settings.nodeName() + " could not begin again; close and start it",
            failure);
      }
    }
  }

  /** The present life of the node. */
  Incarnation incarnation() {
    return current;
  }

  @Override
  public MemberId id() {
    return current.self();
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
    Incarnation now = current;
    if (closed) {
      return NodeState.CLOSED;
    }
    if (now.over() != null) {
      return NodeState.EXPELLED;
    }
    return now.state() == null ? NodeState.STARTING : NodeState.RUNNING;
  }

  @Override
  public ReplicatedCache openCache(
      String name, CacheSettings wanted, SortedMap<String, String> attributes, ProcessorHost host) {
    if (name.equals(Prober.CACHE)) {
      throw new OperationRefusedException(
          "opening cache " + name + ": that is the cache of drills; choose another name");
    }
    if (host != null) {
      hosts.put(name, host);
    }
    ClusterState state =
        requests.propose(
            "opening cache " + name,
            new Command.CreateCache(
                name, wanted.copies(), wanted.mode(), new TreeMap<>(attributes)),
            now -> now.cache(name) != null);
    CacheDefinition definition = state.cache(name);
    PartitionGroup group = state.groups().get(definition.group());
    if (!group.fits(wanted.copies(), wanted.mode())) {
      throw new OperationRefusedException(
          "cache "
              + name
              + " exists with "
              + group.copies()
              + " copies of each entry in mode "
              + group.mode()
              + ", "
              + wanted.copies()
              + " in mode "
              + wanted.mode()
              + " were asked for: make the settings of all members agree");
    }
    return new CacheHandle(definition, wanted, this::incarnation, listeners);
  }

  @Override
  public void listen(String cacheName, ChangeListener listener, boolean previousValues) {
    String what = "listening to cache " + cacheName;
    CacheDefinition definition = requests.state(what).cache(cacheName);
    if (definition == null) {
      throw new OperationRefusedException(what + ": there is no such cache");
    }
    Listening wanted = new Listening(cacheName, definition.attributes(), listener, previousValues);
    Listening before = listeners.put(wanted);
    try {
      long deadline = System.nanoTime() + settings.operationTimeout().toNanos();
      while (!closed && deadline - System.nanoTime() > 0) {
        ChangePlane changes = current.changes();
        changes.refresh();
        if (changes.awaitConfirmed(cacheName, REPEAT_NANOS)) {
          return;
        }
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    if (before == null) {
      stopListening(cacheName);
    } else {
      listeners.put(before);
      current.changes().refresh();
    }
    throw new OperationRefusedException(
        what
            + ": not every primary of its entries has answered within "
            + settings.operationTimeout().toMillis()
            + " ms, so that changes could be missed; try again when the cluster is healthy");
  }

  @Override
  public void stopListening(String cacheName) {
    listeners.remove(cacheName);
    current.changes().refresh();
  }

  @Override
  public void count(String cacheName, Supplier<CallStatistics> calls) {
    counters.put(cacheName, calls);
  }

  @Override
  public void closeCache(String name) {
    hosts.remove(name);
    counters.remove(name);
    stopListening(name);
  }

  @Override
  public void destroyCache(String name) {
    closeCache(name);
    CacheDefinition definition = requests.state("destroying cache " + name).cache(name);
    if (definition != null) {
      requests.propose(
          "destroying cache " + name,
          new Command.DestroyCache(definition.id()),
          now -> !now.caches().containsKey(definition.id()));
    }
  }

  @Override
  public long evictions(String cacheName) {
    ClusterState state = current.state();
    CacheDefinition definition = state == null ? null : state.cache(cacheName);
    return definition == null ? 0 : current.data().memory(definition.id()).evicted();
  }

  @Override
  public Set<String> cacheNames() {
    Set<String> names = new TreeSet<>();
    requests
        .state("listing the caches")
        .caches()
        .values()
        .forEach(cache -> names.add(cache.name()));
    names.remove(Prober.CACHE);
    return names;
  }

  @Override
  public SortedMap<String, String> attributes(String cacheName) {
    CacheDefinition definition = requests.state("looking up cache " + cacheName).cache(cacheName);
    return definition == null ? null : definition.attributes();
  }

  @Override
  public EntryHolders locate(String cacheName, byte[] key) {
    ClusterState state = current.state();
    KeyPlace place = state == null ? null : KeyPlace.of(state, cacheName, key);
    if (place == null) {
      return null;
    }
    MemberId primary = place.assignment().primary();
    return new EntryHolders(
        place.partition(),
        primary == null ? "" : nameOf(state, primary),
        place.assignment().inSync().stream()
            .filter(holder -> !holder.equals(primary))
            .map(holder -> nameOf(state, holder))
            .toList(),
        place.assignment().inSync().contains(id()));
  }

  private static String nameOf(ClusterState state, MemberId id) {
    Member member = state.members().get(id);
    return member == null ? id.toString() : member.name();
  }

  @Override
  public void drain(MemberId member) {
    operator.drain(member);
  }

  @Override
  public void undrain(MemberId member) {
    operator.undrain(member);
  }

  @Override
  public Handover handover(MemberId member) {
    return Handover.of(requests.state("looking up member " + member.abbreviated()), member);
  }

  @Override
  public String foundAgain(String clusterName, Set<MemberId> survivors) {
    return operator.foundAgain(clusterName, survivors);
  }

  @Override
  public void close() {
    synchronized (lifeCycle) {
      if (closed) {
        return;
      }
      closed = true;
      prober.close();
      current.close();
      closeDirectory();
      bean.unregister();
    }
  }
}
