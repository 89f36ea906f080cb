/**
 * Statistics and management (JSR-107, chapter "Management"): what this member's operations on a
 * cache came to, and the cache's configuration, as MXBeans on the platform's server.
 */
package io.henge.jcache.management;
