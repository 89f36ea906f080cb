package io.henge.admin.cluster;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What came of the calls of an application's annotated method on this server, by the beans of its
 * applications: why was nothing cached?
 *
 * @param method its class and name
 * @param annotation CacheResult or CachePut
 * @param cache the cache that the annotation names
 * @param fromCache calls that were answered from the cache
 * @param stored calls after which a value was stored
 * @param nullValues calls after which nothing was stored, since the value was null
 * @param methodFailures calls after which nothing was stored, since the method threw an exception
 * @param cacheFailures calls after which nothing was stored, since the cache refused
 * @param lastCacheFailure why it last refused; empty if it never did
 */
public record CachedMethod(
    String method,
    String annotation,
    String cache,
    long fromCache,
    long stored,
    long nullValues,
    long methodFailures,
    long cacheFailures,
    String lastCacheFailure) {

  private static final String PATTERN = "io.henge:type=CachedMethods,*";

  /** Those of all applications of a server that were called so far. */
  static List<CachedMethod> read(MBeanServer server) {
    List<CachedMethod> all = new ArrayList<>();
    for (ObjectName name : server.queryNames(pattern(), null)) {
      try {
        all.addAll(OpenRow.list(server.getAttribute(name, "Methods"), CachedMethod::of));
      } catch (JMException gone) {
        // The application was taken away between the question for names and this one.
      }
    }
    return all;
  }

  private static CachedMethod of(OpenRow row) {
    return new CachedMethod(
        row.text("method"),
        row.text("annotation"),
        row.text("cache"),
        row.number("fromCache"),
        row.number("stored"),
        row.number("nullValues"),
        row.number("methodFailures"),
        row.number("cacheFailures"),
        row.text("lastCacheFailure"));
  }

  private static ObjectName pattern() {
    try {
      return ObjectName.getInstance(PATTERN);
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalStateException("The pattern " + PATTERN + " is a constant", impossible);
    }
  }
}
