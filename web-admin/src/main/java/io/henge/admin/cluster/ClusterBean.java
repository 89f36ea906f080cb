package io.henge.admin.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/**
 * One cluster bean of this server. Any thread may call it; every call reads afresh. A call throws
 * {@link ClusterGoneException} once the bean is not registered any more and {@link
 * ClusterRefusedException} when the node itself refused.
 */
public final class ClusterBean {

  /** The notification that tells that something changed. */
  public static final String CHANGED = "henge.changed";

  /** Far more readings of 500 events than any bounded history holds. */
  private static final int MOST_READINGS = 64;

  private static final String[] IDENTITY = {
    "ClusterName", "ClusterId", "NodeName", "NodeId", "State", "Health", "Quorate", "Version"
  };

  private static final String[] VIEW_VERSION = {"ViewVersion"};

  private final MBeanServer server;
  private final ObjectName name;
  private final String key;

  ClusterBean(MBeanServer server, ObjectName name) {
    this.server = server;
    this.name = name;
    this.key = property(name, "name") + "/" + property(name, "node");
  }

  private static String property(ObjectName name, String property) {
    String value = name.getKeyProperty(property);
    if (value == null) {
      return "";
    }
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }

  /** What a request names it by: {@code <cluster>/<node>}. */
  public String key() {
    return key;
  }

  /** Who answers, and how it is. */
  public Identity identity() {
    AttributeList attributes = call(() -> server.getAttributes(name, IDENTITY));
    return new Identity(
        text(attributes, "ClusterName"),
        text(attributes, "ClusterId"),
        text(attributes, "NodeName"),
        text(attributes, "NodeId"),
        text(attributes, "State"),
        text(attributes, "Health"),
        Boolean.TRUE.equals(value(attributes, "Quorate")),
        text(attributes, "Version"));
  }

  /** Members, voters and partitions as of the last applied slot. */
  public View view() {
    return OpenRows.view(OpenRow.of(attribute("View")));
  }

  /** Another text whenever {@link #view} is another; empty if the node's version has none. */
  public String viewVersion() {
    return text(call(() -> server.getAttributes(name, VIEW_VERSION)), "ViewVersion");
  }

  /** The oldest slot that {@link #viewAt} answers for; -1 before the node joined. */
  public long oldestSlot() {
    return attribute("OldestSlot") instanceof Number slot ? slot.longValue() : -1;
  }

  /**
   * Members, voters and partitions as they were after a slot.
   *
   * @throws ClusterRefusedException if the slot is not kept, or not applied yet
   */
  public View viewAt(long slot) {
    return OpenRows.view(OpenRow.of(invoke("viewAt", new Object[] {slot}, long.class.getName())));
  }

  /** As {@link #viewAt}, but null if the slot is not kept. */
  public View viewIfKept(long slot) {
    try {
      return viewAt(slot);
    } catch (ClusterRefusedException notKept) {
      return null;
    }
  }

  /**
   * What would happen if members stopped; nothing is done.
   *
   * @param memberIds their ids, at least one
   * @param how crash or drain
   */
  public WhatIf whatIf(List<String> memberIds, String how) {
    Object answer =
        invoke(
            "whatIf",
            new Object[] {memberIds.toArray(String[]::new), how},
            String[].class.getName(),
            String.class.getName());
    return OpenRows.whatIf(OpenRow.of(answer));
  }

  /** The caches. */
  public List<CacheInfo> caches() {
    return OpenRow.list(attribute("Caches"), OpenRows::cache);
  }

  /**
   * What the operations on one cache came to in the whole cluster. The node asks the others, which
   * may take a quarter of a second.
   *
   * @throws ClusterRefusedException if there is no such cache, or the node's version has no such
   *     figures
   */
  public ClusterStatistics clusterStatistics(String cache) {
    Object row = invoke("cacheStatistics", new Object[] {cache}, String.class.getName());
    return OpenRows.statistics(OpenRow.of(row));
  }

  /** The annotated methods of this server's applications that were called so far. */
  public List<CachedMethod> cachedMethods() {
    return CachedMethod.read(server);
  }

  /** What this server's applications counted, by {@link #statisticsKey} of the cache. */
  public Map<String, CacheStatistics> statistics() {
    return CacheStatistics.read(server);
  }

  /** What this server's applications counted for a cache; null if they count nothing. */
  public CacheStatistics statistics(String cache) {
    return CacheStatistics.read(server, cache);
  }

  /** What a cache is called among the {@link #statistics}. */
  public static String statisticsKey(String cache) {
    return CacheStatistics.beanName(cache);
  }

  /**
   * Sets what this server's applications counted for a cache back to zero.
   *
   * @return whether anything is counted at all
   */
  public boolean resetStatistics(String cache) {
    return CacheStatistics.reset(server, cache) > 0;
  }

  /** Events with a number above {@code after}, oldest first, at most 500. */
  public List<Event> eventsAfter(long after) {
    return OpenRow.list(
        invoke("eventsAfter", new Object[] {after}, long.class.getName()), OpenRows::event);
  }

  /**
   * Slots of the log after {@code slot}, oldest first, at most 500.
   *
   * @throws ClusterRefusedException if the node's version does not keep them
   */
  public List<LogEntry> logEntriesAfter(long slot) {
    return OpenRow.list(
        invoke("logEntriesAfter", new Object[] {slot}, long.class.getName()), OpenRows::logEntry);
  }

  /** All events that the node keeps, oldest first. */
  public List<Event> allEvents() {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < MOST_READINGS; i++) {
      List<Event> more = eventsAfter(all.isEmpty() ? 0 : all.get(all.size() - 1).number());
      if (more.isEmpty()) {
        break;
      }
      all.addAll(more);
    }
    return all;
  }

  /** The failovers that the node saw, newest first, at most 100. */
  public List<Failover> failovers() {
    return OpenRow.list(attribute("Failovers"), OpenRows::failover);
  }

  /**
   * Where a key lives.
   *
   * @param cache the cache's name
   * @param keyHex the encoded key's bytes in hexadecimal
   */
  public KeyLocation locate(String cache, String keyHex) {
    String text = String.class.getName();
    Object location = invoke("locate", new Object[] {cache, keyHex}, text, text);
    return OpenRows.keyLocation(OpenRow.of(location));
  }

  /** The operations that the bean offers. */
  public Set<String> operations() {
    return call(() -> Operations.of(server, name)).names();
  }

  /**
   * Has the node do something.
   *
   * @throws ClusterRefusedException if it refuses, or offers no such operation
   */
  public void act(String operation, Object... arguments) {
    perform(operation, arguments);
  }

  /**
   * Founds again what is left of the cluster, as another one. Takes as long as the node waits for
   * answers.
   *
   * @param clusterName the cluster's name, which somebody typed
   * @param memberIds the members that are left, the one that is asked among them; empty for all
   *     that answer
   * @return what was done, in the node's own words
   * @throws ClusterRefusedException with its reason if it refuses, or offers no such operation
   */
  public String foundAgain(String clusterName, List<String> memberIds) {
    return String.valueOf(perform("foundAgain", clusterName, memberIds.toArray(String[]::new)));
  }

  private Object perform(String operation, Object... arguments) {
    String[] signature =
        call(() -> Operations.of(server, name)).signature(operation, arguments.length);
    if (signature == null) {
      throw new ClusterRefusedException(
          "This version of Henge in the application has no operation " + operation + ".", null);
    }
    return invoke(operation, arguments, signature);
  }

  /**
   * Ends the probe that the operation {@code beginProbe} began.
   *
   * @return what it saw; null if there was none
   */
  public Probe endProbe() {
    Object seen = invoke("endProbe", new Object[0]);
    return seen == null ? null : OpenRows.probe(OpenRow.of(seen));
  }

  /** Calls the listener for each change, at most four times a second, on the node's thread. */
  public void listen(NotificationListener listener) {
    call(
        () -> {
          server.addNotificationListener(
              name, listener, notification -> notification.getType().equals(CHANGED), null);
          return null;
        });
  }

  /** Undoes {@link #listen}; no harm when the bean or the listener is gone. */
  public void forget(NotificationListener listener) {
    try {
      server.removeNotificationListener(name, listener);
    } catch (InstanceNotFoundException | ListenerNotFoundException gone) {
      // The listener went with its bean, which is what was asked for.
    }
  }

  private Object attribute(String attribute) {
    return call(() -> server.getAttribute(name, attribute));
  }

  private Object invoke(String operation, Object[] arguments, String... signature) {
    return call(() -> server.invoke(name, operation, arguments, signature));
  }

  private <T> T call(JmxCall<T> call) {
    try {
      return call.run();
    } catch (InstanceNotFoundException gone) {
      throw new ClusterGoneException(key, gone);
    } catch (RuntimeMBeanException refused) {
      throw refused(refused.getTargetException());
    } catch (JMException refused) {
      throw refused(refused.getCause() == null ? refused : refused.getCause());
    }
  }

  private static ClusterRefusedException refused(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new ClusterRefusedException(message, cause);
  }

  private static String text(AttributeList attributes, String name) {
    return value(attributes, name) instanceof String text ? text : "";
  }

  private static Object value(AttributeList attributes, String name) {
    for (Attribute attribute : attributes.asList()) {
      if (attribute.getName().equals(name)) {
        return attribute.getValue();
      }
    }
    return null;
  }

  private interface JmxCall<T> {
    T run() throws JMException;
  }
}
