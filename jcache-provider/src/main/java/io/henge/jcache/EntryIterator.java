package io.henge.jcache;

import io.henge.jcache.codec.DecodedEntry;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.cache.Cache;

/** The iterator of a cache, with removal of the entry returned last. Used by one thread. */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {

  private final Iterator<DecodedEntry<K, V>> entries;
  private final Runnable openCheck;
  private final Consumer<K> remover;
  private K last;

  /**
   * Creates the iterator.
   *
   * @param openCheck throws {@link IllegalStateException} once the cache is closed
   * @param remover removes a key from the cache
   */
  EntryIterator(Iterator<DecodedEntry<K, V>> entries, Runnable openCheck, Consumer<K> remover) {
    this.entries = entries;
    this.openCheck = openCheck;
    this.remover = remover;
  }

  @Override
  public boolean hasNext() {
    openCheck.run();
    return entries.hasNext();
  }

  @Override
  public Cache.Entry<K, V> next() {
    openCheck.run();
    last = null;
    DecodedEntry<K, V> entry = entries.next();
    last = entry.key();
    return entry;
  }

  @Override
  public void remove() {
    openCheck.run();
    if (last == null) {
      throw new IllegalStateException("next() has to be called before each remove()");
    }
    remover.accept(last);
    last = null;
  }
}
