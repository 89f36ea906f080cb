/**
 * The JCache provider: {@link io.henge.jcache.HengeCachingProvider}, its managers and caches on the
 * replication engine. The chapters of the specification have a package each: {@code configuration},
 * {@code processor}; how objects become bytes is in {@code codec}.
 */
package io.henge.jcache;
