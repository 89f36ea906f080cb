package io.henge.benchmarks.comparison;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Writes the value back with its first byte changed, and returns what that byte was. */
public final class Turn implements EntryProcessor<String, byte[], Integer>, Serializable {

  private static final long serialVersionUID = 1L;

  @Override
  public Integer process(MutableEntry<String, byte[]> entry, Object... arguments) {
    byte[] value = entry.getValue().clone();
    value[0]++;
    entry.setValue(value);
    return value[0] - 1;
  }
}
