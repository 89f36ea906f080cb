package io.henge.jcache;

import java.net.URI;

/**
 * The cluster-wide names of a manager's caches. Managers with different URIs share the member but
 * not the names. The default URI's caches go by their own names, the others' by URI, blank, name: a
 * URI holds no blank, so two different pairs never meet.
 *
 * @param uri the manager's URI
 */
record NameSpace(URI uri) {

  static final URI DEFAULT_URI = URI.create("henge:default");

  /** The name under which the engine knows the cache. */
  String clusterName(String cacheName) {
    boolean plain = uri.equals(DEFAULT_URI) && cacheName.indexOf(' ') < 0;
    return plain ? cacheName : uri + " " + cacheName;
  }
}
