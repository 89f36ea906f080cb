package io.henge.admin.fake;

import io.henge.replication.node.management.CacheStatisticsView;
import io.henge.replication.node.management.CacheView;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.EventView;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.node.management.KeyLocation;
import io.henge.replication.node.management.LogEntryView;
import io.henge.replication.node.management.ProbeView;
import io.henge.replication.node.management.WhatIfView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** A cluster that does what its script says: members join, crash, and copies are rebuilt. */
public final class ScriptedCluster extends NotificationBroadcasterSupport
    implements ScriptedActionsMXBean {

  private static final int MOST_EVENTS = 500;

  /** The member whose settings allow no crash drill. */
  private static final String UNWILLING = "node-c";

  private final String name;
  private final String node;
  private final ScriptedRing ring;
  private final List<EventView> events = new ArrayList<>();
  private final List<ScriptedFailover> failovers = new ArrayList<>();
  private final NavigableMap<Long, ClusterView> past = new TreeMap<>();
  private final List<String> cleared = new ArrayList<>();
  private String probed;
  private int caches = 2;
  private List<String> silent = List.of();
  private boolean quorate = true;
  private boolean rebalancingPaused;
  private long sequence;
  private int viewsRead;
  private ClusterView seen;
  private String seenVersion = "";

  /** Creates a cluster whose first member answers. */
  public ScriptedCluster(String name, int partitions, int copies, String... members) {
    this.name = name;
    this.node = members[0];
    this.ring = new ScriptedRing(partitions, copies);
    for (String member : members) {
      ring.add(member);
    }
    ring.place();
    ring.beginAt(1800);
    for (String member : members) {
      happened("ActivateMember", member, member + " is a member now.");
    }
  }

  /** Registers it as a node would. */
  public ObjectName register(MBeanServer server) throws JMException {
    server.registerMBean(this, objectName());
    return objectName();
  }

  /** Takes it away again. */
  public void unregister(MBeanServer server) throws JMException {
    try {
      server.unregisterMBean(objectName());
    } catch (InstanceNotFoundException | MBeanRegistrationException gone) {
      throw new IllegalStateException("Was not registered", gone);
    }
  }

  private ObjectName objectName() throws JMException {
    return ObjectName.getInstance(
        "io.henge:type=Cluster,name=" + ObjectName.quote(name) + ",node=" + ObjectName.quote(node));
  }

  /** A member dies; its backups take over. */
  public synchronized void crash(String member) {
    ring.advanceTo(ring.slot() + 1);
    happened("Suspect", member, member + " is suspected: its socket closed.");
    ring.advanceTo(ring.slot() + 1);
    ScriptedRing.Loss loss = ring.remove(member);
    failovers.add(0, new ScriptedFailover(ring.slot(), loss));
    happened("RemoveMember", member, member + " crashed and was removed; backups were promoted.");
    changed();
  }

  /** A member falls silent without being removed. */
  public synchronized void suspend(String member) {
    ring.advanceTo(ring.slot() + 1);
    ring.suspend(member);
    happened("Suspend", member, member + " is silent and was suspended.");
    changed();
  }

  /** A member joins and holds nothing yet. */
  public synchronized void join(String member) {
    ring.advanceTo(ring.slot() + 1);
    ring.add(member);
    happened("ActivateMember", member, member + " is a member now.");
    changed();
  }

  /**
   * Advances the rebuilding by so many copies: missing ones become learners first, then learners
   * come in sync.
   *
   * @return whether anything was left to do
   */
  public synchronized boolean rebuild(int copies) {
    boolean learning = ring.startLearners(copies);
    int done = ring.finishLearners(learning ? copies / 2 : copies);
    if (!failovers.isEmpty()) {
      failovers.get(0).rebuilt(done);
    }
    if (!learning && done == 0) {
      return false;
    }
    ring.advanceTo(ring.slot() + 1);
    happened("PromoteLearner", "", done + " copies are in sync.");
    changed();
    return true;
  }

  /** Whether the node claims to reach a majority. */
  public synchronized void quorate(boolean value) {
    quorate = value;
    happened("LEASE", node, value ? "The lease is back." : "The lease has run out.");
    changed();
  }

  private void happened(String kind, String member, String text) {
    long number = events.isEmpty() ? 1 : events.get(events.size() - 1).getNumber() + 1;
    String id = member.isEmpty() ? "" : ScriptedRing.id(member);
    past.put(ring.slot(), ring.view(node));
    events.add(
        new EventView(number, System.currentTimeMillis(), ring.slot(), kind, id, member, text));
    if (events.size() > MOST_EVENTS) {
      events.remove(0);
    }
  }

  private void changed() {
    Notification notification = new Notification("henge.changed", this, ++sequence);
    notification.setUserData(events.get(events.size() - 1).getNumber());
    sendNotification(notification);
  }

  @Override
  public String getClusterName() {
    return name;
  }

  @Override
  public String getClusterId() {
    return ScriptedRing.id(name);
  }

  @Override
  public String getNodeName() {
    return node;
  }

  @Override
  public String getNodeId() {
    return ScriptedRing.id(node);
  }

  @Override
  public String getState() {
    return "RUNNING";
  }

  @Override
  public synchronized String getHealth() {
    if (!quorate) {
      return "This member reaches no majority of the voters, so it refuses reads and writes; start"
          + " the missing members or mend the network.";
    }
    if (failovers.isEmpty() || failovers.get(0).isOver()) {
      return "All is well: every partition has all of its copies.";
    }
    return failovers.get(0).sentence();
  }

  @Override
  public synchronized boolean isQuorate() {
    return quorate;
  }

  @Override
  public long getTransfersReceived() {
    return 0;
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public synchronized ClusterView getView() {
    viewsRead++;
    return seen();
  }

  /** Made once as long as nothing changes: reading costs a real node little, too. */
  private ClusterView seen() {
    if (!ring.version().equals(seenVersion)) {
      seenVersion = ring.version();
      seen = ring.view(node);
    }
    return seen;
  }

  @Override
  public synchronized String getViewVersion() {
    return getClusterId() + " " + getNodeId() + " " + ring.version();
  }

  /** How often the whole view was read. */
  public synchronized int viewsRead() {
    return viewsRead;
  }

  @Override
  public synchronized long getOldestSlot() {
    return past.firstKey();
  }

  @Override
  public synchronized ClusterView viewAt(long slot) {
    if (slot < past.firstKey() || slot > ring.slot()) {
      throw new IllegalArgumentException(
          "the script keeps the slots " + past.firstKey() + " to " + ring.slot());
    }
    return past.floorEntry(slot).getValue();
  }

  @Override
  public synchronized WhatIfView whatIf(String[] memberIds, String how) {
    return ScriptedOutlook.of(seen(), List.of(memberIds), how);
  }

  @Override
  public synchronized void drain(String memberId) {
    drained(memberId, true);
  }

  @Override
  public synchronized void undrain(String memberId) {
    drained(memberId, false);
  }

  private void drained(String memberId, boolean draining) {
    ring.advanceTo(ring.slot() + 1);
    String member = ring.drain(memberId, draining);
    happened(draining ? "Drain" : "Undrain", member, member + (draining ? " drains." : " stays."));
    changed();
  }

  @Override
  public synchronized void setWeight(String memberId, double weight) {
    ring.advanceTo(ring.slot() + 1);
    happened("SetWeight", "", "A member has the weight " + weight + " now.");
    changed();
  }

  @Override
  public synchronized void movePrimary(int partition, long epoch, String memberId) {
    ring.advanceTo(ring.slot() + 1);
    String member = ring.lead(partition, epoch, memberId);
    happened("TransferPrimary", member, member + " leads partition " + partition + " now.");
    changed();
  }

  @Override
  public synchronized void stepDown(String leaderId) {
    ring.advanceTo(ring.slot() + 1);
    String member = ring.stepDown(leaderId);
    happened("LEADER_CHANGED", member, member + " leads the voters now.");
    changed();
  }

  @Override
  public synchronized void holdRenewals(String memberId, long millis) {
    ScriptedRing.Loss loss = ring.lossOf(memberId);
    suspend(loss.member());
    failovers.add(0, new ScriptedFailover(ring.slot(), loss));
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> resume(loss));
  }

  @Override
  public synchronized String foundAgain(String clusterName, String[] memberIds) {
    if (!clusterName.equals(name)) {
      throw new IllegalStateException("the cluster is called " + name + ", not " + clusterName);
    }
    if (quorate) {
      throw new IllegalStateException("this member has a lease");
    }
    List<String> answered = ring.membersWithout(silent);
    if (memberIds.length > 0 && !ring.named(List.of(memberIds)).equals(answered)) {
      throw new IllegalStateException("others answer than were named: " + answered);
    }
    ring.advanceTo(ring.slot() + 1);
    int lost = ring.foundAgain(answered);
    quorate = true;
    silent = List.of();
    String text =
        "founded again with " + answered + "; of " + lost + " partitions no copy was left";
    happened("FOUNDED_AGAIN", node, text);
    changed();
    return text;
  }

  @Override
  public synchronized void beginProbe(String memberId) {
    probed = memberId;
  }

  @Override
  public synchronized ProbeView getProbe() {
    return probed == null ? null : new ProbeView(probed, 16, 4112, 4128, 0, 32, 498.2, 0, true);
  }

  @Override
  public synchronized ProbeView endProbe() {
    ProbeView seen = getProbe();
    probed = null;
    return seen;
  }

  @Override
  public void cutDrill(String memberId, long millis) {
    holdRenewals(memberId, millis);
  }

  @Override
  public synchronized void crashDrill(String memberId) {
    String member = ring.lossOf(memberId).member();
    if (member.equals(UNWILLING)) {
      throw new IllegalStateException(
          "crash drill of member "
              + member
              + ": it does not allow a crash drill; set henge.drills.crash=true at that member if you"
              + " want one");
    }
    crash(member);
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> comeBack(member));
  }

  private synchronized void comeBack(String member) {
    join(member);
    boolean more = true;
    while (more) {
      more = rebuild(MOST_EVENTS);
    }
  }

  private synchronized void resume(ScriptedRing.Loss loss) {
    ring.advanceTo(ring.slot() + 1);
    ring.resume(loss.member());
    failovers.get(0).rebuilt(loss.copies());
    happened("Resume", loss.member(), loss.member() + " is back.");
    changed();
  }

  @Override
  public synchronized boolean isRebalancingPaused() {
    return rebalancingPaused;
  }

  @Override
  public synchronized void pauseRebalancing() {
    rebalancingPaused = true;
    ring.advanceTo(ring.slot() + 1);
    happened("PauseRebalancing", "", "Rebalancing is paused.");
    changed();
  }

  @Override
  public synchronized void resumeRebalancing() {
    rebalancingPaused = false;
    ring.advanceTo(ring.slot() + 1);
    happened("ResumeRebalancing", "", "Rebalancing goes on.");
    changed();
  }

  @Override
  public synchronized void clearCache(String cache) {
    happened("CLEARED", "", "Cache " + cache + " was cleared.");
    cleared.add(cache);
    changed();
  }

  /** The caches that were cleared, in order. */
  public synchronized List<String> cleared() {
    return List.copyOf(cleared);
  }

  /** Sets how many caches there are; the first two are carts and prices. */
  public synchronized void caches(int count) {
    caches = count;
  }

  /**
   * Members stop answering questions about statistics, from now on or ever since.
   *
   * @param silent their names; the last of them has never answered
   */
  public synchronized void silence(List<String> silent) {
    this.silent = List.copyOf(silent);
  }

  @Override
  public synchronized CacheStatisticsView[] collectStatistics() {
    return Arrays.stream(getCaches())
        .map(cache -> cacheStatistics(cache.getName()))
        .toArray(CacheStatisticsView[]::new);
  }

  @Override
  public synchronized CacheStatisticsView cacheStatistics(String cache) {
    int last = Math.max(0, silent.size() - 1);
    return ScriptedStatistics.of(
        cache, seen(), silent.subList(0, last), silent.subList(last, silent.size()));
  }

  @Override
  public synchronized CacheView[] getCaches() {
    CacheView[] views = new CacheView[caches];
    for (int i = 0; i < caches; i++) {
      String cache = i == 0 ? "carts" : i == 1 ? "prices" : "cache-" + i + " <b>&amp;";
      long entries = 2646L * (i + 1);
      views[i] =
          new CacheView(
              cache,
              i + 1,
              0,
              ring.copies,
              "sync",
              entries,
              0,
              0,
              0,
              0,
              0,
              Long.MAX_VALUE,
              Long.MAX_VALUE);
    }
    return views;
  }

  @Override
  public synchronized EventView[] eventsAfter(long after) {
    return events.stream()
        .filter(event -> event.getNumber() > after)
        .limit(500)
        .toArray(EventView[]::new);
  }

  @Override
  public synchronized LogEntryView[] logEntriesAfter(long slot) {
    return ring.log.after(slot, MOST_EVENTS);
  }

  /** Somebody forges what the newest slot decided. */
  public synchronized void tamper() {
    ring.log.tamper(ring.slot());
  }

  @Override
  public synchronized FailoverView[] getFailovers() {
    return failovers.stream().map(ScriptedFailover::view).toArray(FailoverView[]::new);
  }

  @Override
  public synchronized KeyLocation locate(String cache, String keyHex) {
    if (!cache.equals("carts") && !cache.equals("prices")) {
      throw new IllegalArgumentException("There is no cache named " + cache + ".");
    }
    return ring.locate(keyHex);
  }
}
