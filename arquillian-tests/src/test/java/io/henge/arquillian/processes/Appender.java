package io.henge.arquillian.processes;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Appends to a text; returns the whole. The value tells its own history. */
public final class Appender implements EntryProcessor<String, String, String>, Serializable {

  private static final long serialVersionUID = 1L;

  private final String suffix;

  /** Creates a processor that appends {@code suffix}. */
  public Appender(String suffix) {
    this.suffix = suffix;
  }

  @Override
  public String process(MutableEntry<String, String> entry, Object... arguments) {
    String longer = entry.exists() ? entry.getValue() + "," + suffix : suffix;
    entry.setValue(longer);
    return longer;
  }
}
