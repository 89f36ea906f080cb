package io.henge.jcache.codec;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects by the arrays that stand for them. An object is held as long as somebody, such as the
 * engine, holds its array itself; what is not any more is let go of by later calls. Thread-safe.
 */
final class References {

  /** An object, and the array that keeps it here. */
  private static final class Held extends WeakReference<byte[]> {

    private final Long number;
    private final Object object;

    /** Whether equal objects share the array. */
    private final boolean shared;

    Held(byte[] array, Long number, Object object, boolean shared, ReferenceQueue<byte[]> letGoOf) {
      super(array, letGoOf);
      this.number = number;
      this.object = object;
      this.shared = shared;
    }
  }

  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentMap<Long, Held> byNumber = new ConcurrentHashMap<>();

  /** By the object, of those whose equals share an array. */
  private final ConcurrentMap<Object, Held> byObject = new ConcurrentHashMap<>();

  private final ReferenceQueue<byte[]> letGoOf = new ReferenceQueue<>();

  /** A new array that stands for this very object. */
  byte[] of(Object object) {
    tidy();
    byte[] array = array();
    hold(array, object, false);
    return array;
  }

  /** The array that stands for this object and those equal to it. */
  byte[] ofEqual(Object object) {
    tidy();
    byte[] fresh = null;
    while (true) {
      Held held = byObject.get(object);
      byte[] array = held == null ? null : held.get();
      if (array != null) {
        return array;
      }
      if (fresh == null) {
        fresh = array();
      }
      Held mine = hold(fresh, object, true);
      boolean first =
          held == null
              ? byObject.putIfAbsent(object, mine) == null
              : byObject.replace(object, held, mine);
      if (first) {
        return fresh;
      }
    }
  }

  /** The object that an array, or one of the same content, stands for; null if it was let go of. */
  Object find(byte[] array) {
    Held held = byNumber.get(number(array));
    return held == null ? null : held.object;
  }

  /** The array itself, given one of the same content; that one if the object was let go of. */
  byte[] original(byte[] array) {
    Held held = byNumber.get(number(array));
    byte[] original = held == null ? null : held.get();
    return original == null ? array : original;
  }

  /** How many objects are held. */
  int size() {
    tidy();
    return byNumber.size();
  }

  private byte[] array() {
    return ByteBuffer.allocate(Long.BYTES).putLong(numbers.incrementAndGet()).array();
  }

  private static Long number(byte[] array) {
    return ByteBuffer.wrap(array).getLong();
  }

  private Held hold(byte[] array, Object object, boolean shared) {
    Long number = number(array);
    Held held = new Held(array, number, object, shared, letGoOf);
    byNumber.put(number, held);
    return held;
  }

  private void tidy() {
    for (Reference<?> gone = letGoOf.poll(); gone != null; gone = letGoOf.poll()) {
      Held held = (Held) gone;
      byNumber.remove(held.number, held);
      if (held.shared) {
        byObject.remove(held.object, held);
      }
    }
  }
}
