package io.henge.jcache.annotation;

/**
 * The annotated methods of one application on this server that were called through the container,
 * registered as {@code io.henge:type=CachedMethods,number=<n>} on the platform MBean server from
 * the first such call on. A method that is not listed was never called through the container: calls
 * of a bean's own methods by itself pass the annotations by.
 */
public interface CachedMethodsMXBean {

  /** What came of their calls. */
  CachedMethodView[] getMethods();
}
