package io.henge.admin.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What the caches of one name counted in this server, by JCache's own statistics beans: only caches
 * for which the application switched statistics on have one.
 *
 * @param hits reads that found a value
 * @param misses reads that found none
 * @param puts writes
 * @param removals removals
 * @param evictions entries that were dropped to make room
 * @param averageGetMicros mean time of a read in microseconds
 * @param averagePutMicros mean time of a write in microseconds
 */
public record CacheStatistics(
    long hits,
    long misses,
    long puts,
    long removals,
    long evictions,
    double averageGetMicros,
    double averagePutMicros) {

  private static final String PATTERN = "javax.cache:type=CacheStatistics,*";
  private static final String[] ATTRIBUTES = {
    "CacheHits",
    "CacheMisses",
    "CachePuts",
    "CacheRemovals",
    "CacheEvictions",
    "AverageGetTime",
    "AveragePutTime"
  };

  /** All statistics of a server, by the cache's name as its bean has it. */
  static Map<String, CacheStatistics> read(MBeanServer server) {
    return read(server, cache -> true);
  }

  /** The statistics of one cache, or null if nothing is counted. */
  static CacheStatistics read(MBeanServer server, String cache) {
    String wanted = beanName(cache);
    return read(server, wanted::equals).get(wanted);
  }

  private static Map<String, CacheStatistics> read(MBeanServer server, Predicate<String> wanted) {
    Map<String, CacheStatistics> all = new LinkedHashMap<>();
    for (ObjectName name : server.queryNames(pattern(), null)) {
      CacheStatistics one = wanted.test(cacheOf(name)) ? of(server, name) : null;
      if (one != null) {
        all.merge(cacheOf(name), one, CacheStatistics::plus);
      }
    }
    return all;
  }

  /** Sets the figures of one cache back to zero; how many beans were told. */
  static int reset(MBeanServer server, String cache) {
    int told = 0;
    for (ObjectName name : server.queryNames(pattern(), null)) {
      if (cacheOf(name).equals(beanName(cache))) {
        try {
          server.invoke(name, "clear", new Object[0], new String[0]);
          told++;
        } catch (JMException gone) {
          throw new ClusterRefusedException(
              "The statistics of cache " + cache + " could not be reset: " + gone.getMessage(),
              gone);
        }
      }
    }
    return told;
  }

  /** A cache's name as JCache writes it into a bean's name. */
  static String beanName(String cache) {
    return cache.replaceAll(",|:|=|\n", ".");
  }

  private static String cacheOf(ObjectName name) {
    String cache = name.getKeyProperty("Cache");
    if (cache == null) {
      return "";
    }
    return cache.startsWith("\"") ? ObjectName.unquote(cache) : cache;
  }

  /** The figures of one bean, or null if it went away meanwhile. */
  private static CacheStatistics of(MBeanServer server, ObjectName name) {
    Map<String, Number> values = new LinkedHashMap<>();
    try {
      for (Attribute attribute : server.getAttributes(name, ATTRIBUTES).asList()) {
        if (attribute.getValue() instanceof Number number) {
          values.put(attribute.getName(), number);
        }
      }
    } catch (JMException gone) {
      return null;
    }
    return new CacheStatistics(
        number(values, "CacheHits"),
        number(values, "CacheMisses"),
        number(values, "CachePuts"),
        number(values, "CacheRemovals"),
        number(values, "CacheEvictions"),
        values.getOrDefault("AverageGetTime", 0).doubleValue(),
        values.getOrDefault("AveragePutTime", 0).doubleValue());
  }

  private static long number(Map<String, Number> values, String name) {
    return values.getOrDefault(name, 0).longValue();
  }

  private CacheStatistics plus(CacheStatistics other) {
    return new CacheStatistics(
        hits + other.hits,
        misses + other.misses,
        puts + other.puts,
        removals + other.removals,
        evictions + other.evictions,
        mean(averageGetMicros, hits + misses, other.averageGetMicros, other.hits + other.misses),
        mean(averagePutMicros, puts, other.averagePutMicros, other.puts));
  }

  private static double mean(double a, long ofA, double b, long ofB) {
    return ofA + ofB == 0 ? 0 : (a * ofA + b * ofB) / (ofA + ofB);
  }

  private static ObjectName pattern() {
    try {
      return ObjectName.getInstance(PATTERN);
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalStateException("The pattern " + PATTERN + " is a constant", impossible);
    }
  }
}
