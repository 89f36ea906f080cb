/**
 * Expiry of entries (JSR-107, chapter "Expiry Policies"): when the application's policy is asked,
 * and what its answer means to the engine.
 */
package io.henge.jcache.expiry;
