/**
 * The annotations of {@code javax.cache.annotation} on Jakarta CDI (JSR-107, chapter "Caching
 * Annotations"): a portable extension makes them interceptor bindings, one interceptor each does
 * what they say. Needs a CDI container at run time; where there is none, nothing here is loaded.
 */
package io.henge.jcache.annotation;
