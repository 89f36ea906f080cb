package io.henge.jcache.configuration;

import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;

/** How long the entries of a cache live as configuration has it. */
public final class ConfiguredExpiry {

  private final String cacheName;
  private final Factory<? extends ExpiryPolicy> policy;
  private final SettingValue value;

  ConfiguredExpiry(String cacheName, Factory<? extends ExpiryPolicy> policy, SettingValue value) {
    this.cacheName = cacheName;
    this.policy = policy;
    this.value = value;
  }

  /** A policy that says so. */
  public ExpiryPolicy policy() {
    return policy.create();
  }

  /** The error if the application says something else, {@code declared}. */
  public CacheException disagreement(String declared) {
    return DefinedCaches.disagreement(cacheName, declared, value);
  }
}
