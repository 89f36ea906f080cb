package io.henge.jcache.configuration;

import java.util.Optional;
import java.util.Set;

/** A place where settings come from. */
interface SettingsSource {

  /** The value of a key, trimmed, with its origin; empty if it is not set or blank. */
  Optional<SettingValue> find(String key);

  /** The {@code henge.} keys that are set here. */
  Set<String> keys();

  /**
   * Tells whether an unknown key is a mistake. The environment is shared with others: a Kubernetes
   * service called henge puts HENGE_SERVICE_HOST there.
   */
  boolean exclusive(String key);
}
