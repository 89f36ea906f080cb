package io.henge.jcache.configuration;

import java.util.List;
import javax.cache.CacheException;

/** Settings that are unknown, malformed or contradict each other; nothing was started. */
public class InvalidSettingsException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; each problem names the key, the value, its source and what to do. */
  public InvalidSettingsException(List<String> problems) {
    super("Henge cannot start with these settings: " + String.join(" ", problems));
  }
}
