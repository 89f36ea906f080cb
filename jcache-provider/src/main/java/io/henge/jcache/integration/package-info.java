/**
 * Loaders and writers (JSR-107, chapter "Integration"): read-through, write-through and {@code
 * loadAll}. Both run at the caller while their keys are reserved in the cluster, so that nothing
 * else changes an entry between the store and the cache.
 */
package io.henge.jcache.integration;
