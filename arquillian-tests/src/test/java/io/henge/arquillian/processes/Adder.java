package io.henge.arquillian.processes;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Adds to a decimal number, 0 if absent; returns the sum. */
public final class Adder implements EntryProcessor<String, String, String>, Serializable {

  private static final long serialVersionUID = 1L;

  private final long addend;

  /** Creates a processor that adds {@code addend}. */
  public Adder(long addend) {
    this.addend = addend;
  }

  @Override
  public String process(MutableEntry<String, String> entry, Object... arguments) {
    long before = entry.exists() ? Long.parseLong(entry.getValue()) : 0;
    String sum = Long.toString(before + addend);
    entry.setValue(sum);
    return sum;
  }
}
