/**
 * The configuration of caches (chapter 3 of the specification) and the {@code henge.*} settings of
 * the member and its caches: their sources, checks and defaults.
 */
package io.henge.jcache.configuration;
