package io.henge.replication.node;

import io.henge.replication.insight.KeyPlace;
import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.management.CacheStatisticsView;
import io.henge.replication.node.management.CacheView;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.EventView;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.node.management.KeyLocation;
import io.henge.replication.node.management.LogEntryView;
import io.henge.replication.node.management.ProbeView;
import io.henge.replication.node.management.WhatIfView;
import io.henge.replication.partition.MemoryBound;
import io.henge.replication.partition.MemoryShare;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** The cluster MXBean of a node, and its registration on the platform MBean server. */
final class ClusterBean extends NotificationBroadcasterSupport implements ClusterMXBean {

  private static final Logger LOG = System.getLogger(ClusterBean.class.getPackageName());
  private static final String CHANGED = "henge.changed";
  private static final int EVENTS_AT_ONCE = 500;
  private static final long QUIET_NANOS = 250_000_000L;

  private final NodeSettings settings;
  private final Supplier<Incarnation> node;
  private final Supplier<NodeState> nodeState;
  private final OperatorActions operator;
  private final Prober prober;
  private final AtomicLong lastNotified = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private final AtomicLong sequence = new AtomicLong();
  private volatile ClusterHistory history;
  private ObjectName registered;

  ClusterBean(
      NodeSettings settings,
      Supplier<Incarnation> node,
      Supplier<NodeState> nodeState,
      OperatorActions operator,
      Prober prober) {
    super(
        listeners(settings.nodeName()),
        new MBeanNotificationInfo(
            new String[] {CHANGED}, Notification.class.getName(), "something changed"));
    this.settings = settings;
    this.node = node;
    this.nodeState = nodeState;
    this.operator = operator;
    this.prober = prober;
  }

  /**
   * Listeners belong to other applications: they never run on a thread of the engine. One that is
   * slow costs notifications, which only say "look again".
   */
  private static Executor listeners(String nodeName) {
    return new ThreadPoolExecutor(
        0,
        1,
        10,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(16),
        task -> {
          Thread thread = new Thread(task, "henge-notifications-" + nodeName);
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy());
  }

  void history(ClusterHistory clusterHistory) {
    history = clusterHistory;
  }

  /** Tells the listeners, at most four times a second; they poll for what came in between. */
  void changed() {
    long now = System.nanoTime();
    long last = lastNotified.get();
    if (now - last >= QUIET_NANOS && lastNotified.compareAndSet(last, now)) {
      Notification notification =
          new Notification(CHANGED, getObjectName(), sequence.incrementAndGet());
      notification.setUserData(history.newest());
      sendNotification(notification);
    }
  }

  private String getObjectName() {
    return "io.henge:type=Cluster,name="
        + ObjectName.quote(settings.clusterName())
        + ",node="
        + ObjectName.quote(settings.nodeName());
  }

  void register() {
    try {
      ObjectName name = new ObjectName(getObjectName());
      ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
      registered = name;
    } catch (JMException failure) {
      LOG.log(
          Level.WARNING,
          "the cluster bean of " + settings.nodeName() + " is not registered: no console for it",
          failure);
    }
  }

  void unregister() {
    if (registered == null) {
      return;
    }
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
    } catch (JMException failure) {
      LOG.log(Level.WARNING, "the cluster bean could not be unregistered", failure);
    }
    registered = null;
  }

  @Override
  public String getClusterName() {
    return settings.clusterName();
  }

  @Override
  public String getClusterId() {
    ClusterState state = node.get().state();
    return state == null ? "" : state.clusterId().toString();
  }

  @Override
  public String getNodeName() {
    return settings.nodeName();
  }

  @Override
  public String getNodeId() {
    return node.get().self().toString();
  }

  @Override
  public String getState() {
    return nodeState.get().name();
  }

  @Override
  public boolean isQuorate() {
    return node.get().leaseValid();
  }

  @Override
  public long getTransfersReceived() {
    return node.get().data().transfersReceived();
  }

  @Override
  public String getVersion() {
    String version = ClusterBean.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String getHealth() {
    return HealthSentence.of(node.get().state(), node.get().leaseValid(), node.get().over());
  }

  @Override
  public ClusterView getView() {
    Incarnation now = node.get();
    ClusterState state = now.state();
    if (state == null) {
      return ClusterViews.none();
    }
    MemberId leader = now.leader();
    return ClusterViews.of(
        state,
        now.self(),
        history.appliedMillis(),
        leader == null ? "" : leader.toString(),
        now.ballot());
  }

  @Override
  public String getViewVersion() {
    Incarnation now = node.get();
    ClusterState state = now.state();
    return state == null
        ? ""
        : String.join(
            " ",
            state.clusterId().toString(),
            now.self().toString(),
            Long.toString(state.slot()),
            String.valueOf(now.leader()),
            now.ballot());
  }

  @Override
  public long getOldestSlot() {
    return history.oldestSlot();
  }

  @Override
  public ClusterView viewAt(long slot) {
    ClusterState state = history.at(slot);
    if (state == null) {
      throw new IllegalArgumentException(
          "slot "
              + slot
              + " is not kept here; this member keeps slots from "
              + history.oldestSlot()
              + " on, but for those that it was given at once when it came back");
    }
    return ClusterViews.of(state, node.get().self(), history.millisOf(slot), "", "");
  }

  @Override
  public WhatIfView whatIf(String[] memberIds, String how) {
    Incarnation now = node.get();
    ClusterState state = now.state();
    if (state == null) {
      throw new IllegalArgumentException("this member is not in a cluster yet: ask again later");
    }
    return ForetoldViews.of(state, memberIds, how, new LocalSizes(state, now.data()));
  }

  @Override
  public CacheView[] getCaches() {
    Incarnation now = node.get();
    ClusterState state = now.state();
    if (state == null) {
      return new CacheView[0];
    }
    return usersCaches(state).map(cache -> view(now, state, cache)).toArray(CacheView[]::new);
  }

  private static Stream<CacheDefinition> usersCaches(ClusterState state) {
    return state.caches().values().stream().filter(each -> !each.name().equals(Prober.CACHE));
  }

  private static CacheView view(Incarnation node, ClusterState state, CacheDefinition cache) {
    long entries = 0;
    long bytes = 0;
    int first = cache.group() * state.partitionsPerGroup();
    for (int i = 0; i < state.partitionsPerGroup(); i++) {
      PartitionReplica replica = node.data().replica(first + i);
      if (replica != null && replica.serves()) {
        CacheUsage usage = replica.store().usage(cache.id());
        entries += usage.entries();
        bytes += usage.bytes();
      }
    }
    MemoryShare led = node.data().memory(cache.id());
    MemoryBound bound = CacheSettings.bound(cache.attributes());
    return new CacheView(
        cache.name(),
        cache.id(),
        cache.group(),
        state.groups().get(cache.group()).copies(),
        CacheSettings.nameOf(state.groups().get(cache.group()).mode()),
        entries,
        state.groups().get(cache.group()).possiblyLost(),
        bytes,
        led.entries(),
        led.bytes(),
        led.evicted(),
        bound.entries(),
        bound.bytes());
  }

  @Override
  public CacheStatisticsView[] collectStatistics() {
    Incarnation now = node.get();
    ClusterState state = now.state();
    if (state == null) {
      return new CacheStatisticsView[0];
    }
    StatisticsViews views = StatisticsViews.ask(now, state);
    return usersCaches(state).map(views::of).toArray(CacheStatisticsView[]::new);
  }

  @Override
  public CacheStatisticsView cacheStatistics(String cache) {
    Incarnation now = node.get();
    ClusterState state = now.state();
    CacheDefinition definition = definition(state, cache);
    return StatisticsViews.ask(now, state).of(definition);
  }

  @Override
  public EventView[] eventsAfter(long after) {
    return history.eventsAfter(after, EVENTS_AT_ONCE);
  }

  @Override
  public LogEntryView[] logEntriesAfter(long slot) {
    return history.entriesAfter(slot, EVENTS_AT_ONCE).stream()
        .map(LogEntryViews::of)
        .toArray(LogEntryView[]::new);
  }

  @Override
  public FailoverView[] getFailovers() {
    return history.failovers();
  }

  @Override
  public KeyLocation locate(String cache, String keyHex) {
    Incarnation now = node.get();
    ClusterState state = now.state();
    KeyPlace place =
        state == null ? null : KeyPlace.of(state, cache, HexFormat.of().parseHex(keyHex));
    if (place == null) {
      throw new IllegalArgumentException("there is no cache " + cache + " in this cluster");
    }
    PartitionAssignment assignment = place.assignment();
    PartitionReplica replica = now.data().replica(place.partition());
    EntryKey entry = place.key();
    boolean local = replica != null && replica.serves();
    return new KeyLocation(
        place.partition(),
        HexFormat.of().toHexDigits(place.hash()),
        assignment.primary() == null ? "" : assignment.primary().toString(),
        assignment.inSync().stream().map(MemberId::toString).toArray(String[]::new),
        assignment.learners().stream().map(MemberId::toString).toArray(String[]::new),
        local,
        local && replica.store().committed(entry).present(),
        local && replica.store().read(entry) == null);
  }

  @Override
  public void clearCache(String cache) {
    ClusterState state = node.get().state();
    CacheDefinition definition = definition(state, cache);
    PartitionGroup group = state.groups().get(definition.group());
    CacheSettings settingsOfCache =
        CacheSettings.builder().copies(group.copies()).mode(group.mode()).build();
    new CacheHandle(definition, settingsOfCache, node).clear();
  }

  private static CacheDefinition definition(ClusterState state, String cache) {
    CacheDefinition definition = state == null ? null : state.cache(cache);
    if (definition == null) {
      throw new IllegalArgumentException("there is no cache " + cache + " in this cluster");
    }
    return definition;
  }

  @Override
  public boolean isRebalancingPaused() {
    ClusterState state = node.get().state();
    return state != null && state.rebalancingPaused();
  }

  @Override
  public void pauseRebalancing() {
    act(() -> operator.pauseRebalancing(true));
  }

  @Override
  public void resumeRebalancing() {
    act(() -> operator.pauseRebalancing(false));
  }

  @Override
  public void drain(String memberId) {
    MemberId member = member(memberId);
    act(() -> operator.drain(member));
  }

  @Override
  public void undrain(String memberId) {
    MemberId member = member(memberId);
    act(() -> operator.undrain(member));
  }

  @Override
  public void setWeight(String memberId, double weight) {
    MemberId member = member(memberId);
    act(() -> operator.setWeight(member, weight));
  }

  @Override
  public void movePrimary(int partition, long epoch, String memberId) {
    MemberId member = member(memberId);
    act(() -> operator.movePrimary(partition, epoch, member));
  }

  @Override
  public void stepDown(String leaderId) {
    MemberId leader = member(leaderId);
    act(() -> operator.stepDown(leader));
  }

  @Override
  public void holdRenewals(String memberId, long millis) {
    MemberId member = member(memberId);
    act(() -> operator.holdRenewals(member, millis));
  }

  @Override
  public void crashDrill(String memberId) {
    MemberId member = member(memberId);
    act(() -> operator.crashDrill(member));
  }

  @Override
  public void cutDrill(String memberId, long millis) {
    MemberId member = member(memberId);
    act(() -> operator.cutDrill(member, millis));
  }

  @Override
  public String foundAgain(String clusterName, String[] memberIds) {
    Set<MemberId> survivors = new TreeSet<>();
    for (String id : memberIds == null ? new String[0] : memberIds) {
      survivors.add(member(id));
    }
    String[] done = new String[1];
    act(() -> done[0] = operator.foundAgain(clusterName, survivors));
    return done[0];
  }

  @Override
  public void beginProbe(String memberId) {
    MemberId member = member(memberId);
    act(() -> prober.begin(member));
  }

  @Override
  public ProbeView getProbe() {
    return prober.view();
  }

  @Override
  public ProbeView endProbe() {
    AtomicReference<ProbeView> seen = new AtomicReference<>();
    act(() -> seen.set(prober.end()));
    return seen.get();
  }

  private MemberId member(String id) {
    ClusterState state = node.get().state();
    MemberId member = MemberId.parse(id);
    if (state == null || !state.members().containsKey(member)) {
      throw new IllegalArgumentException("no member of this cluster has the id " + id);
    }
    return member;
  }

  /** Whoever calls may lack the engine's classes, its exceptions too. */
  private static void act(Runnable action) {
    try {
      action.run();
    } catch (OperationRefusedException refusal) {
      throw new IllegalStateException(refusal.getMessage());
    }
  }
}
