package io.henge.arquillian;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * What deployments could leave behind in a server.
 *
 * @param threads how many belong to Henge or JGroups
 * @param beans names of the MBeans of Henge and of JCache
 * @param objects how many objects of some classes live, of all class loaders
 */
record Holdings(int threads, Set<String> beans, Map<String, Long> objects) {

  /** An object of each deployment's own class. */
  static final String PROVIDER = "io.henge.jcache.HengeCachingProvider";

  /**
   * Counts, after a full collection.
   *
   * @param types names of classes whose objects are counted
   */
  static Holdings of(MBeanServerConnection server, String... types)
      throws JMException, IOException {
    String histogram = histogram(server);
    Map<String, Long> objects = new TreeMap<>();
    for (String type : types) {
      objects.put(type, count(histogram, type));
    }
    Set<String> beans = new TreeSet<>();
    for (String domain : Set.of("io.henge:*", "javax.cache:*")) {
      server.queryNames(new ObjectName(domain), null).forEach(name -> beans.add(name.toString()));
    }
    return new Holdings(threads(server), beans, objects);
  }

  /** The same, with one object more of a type. */
  Holdings withOneMore(String type) {
    Map<String, Long> more = new TreeMap<>(objects);
    more.merge(type, 1L, Long::sum);
    return new Holdings(threads, beans, more);
  }

  /** Whether there is nothing beyond what the other has. */
  boolean isNoMoreThan(Holdings other) {
    return threads <= other.threads
        && other.beans.containsAll(beans)
        && objects.entrySet().stream()
            .allMatch(each -> each.getValue() <= other.objects.getOrDefault(each.getKey(), 0L));
  }

  private static int threads(MBeanServerConnection server) throws IOException {
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    return (int)
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull) // ended meanwhile
            .map(thread -> thread.getThreadName())
            .filter(name -> name.startsWith("henge") || name.startsWith("jgroups"))
            .count();
  }

  private static String histogram(MBeanServerConnection server) throws JMException, IOException {
    return (String)
        server.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
  }

  private static long count(String histogram, String type) {
    return histogram
        .lines()
        .map(String::trim)
        .map(line -> line.split("\\s+"))
        .filter(columns -> columns.length >= 4 && columns[3].equals(type))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }
}
