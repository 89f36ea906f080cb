package io.henge.sample;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Adds one to a counter where its entry lives, and returns the new count. */
public class Increment implements EntryProcessor<String, Long, Long>, Serializable {

  private static final long serialVersionUID = 1L;

  @Override
  public Long process(MutableEntry<String, Long> entry, Object... arguments) {
    long count = entry.exists() ? entry.getValue() + 1 : 1;
    entry.setValue(count);
    return count;
  }
}
