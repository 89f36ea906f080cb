package io.henge.jcache.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * Refuses at once what could not be decoded later, and can write equal objects alike: whether two
 * fields hold one string or two equal ones, and in which order a hash set was filled, is not part
 * of a key.
 */
final class CheckedObjectOutputStream extends ObjectOutputStream {

  private final SerializationFilter filter;
  private final CanonicalCollections canonical;
  private final Map<Object, Object> leaves = new HashMap<>();
  private boolean refused;

  /**
   * Creates the stream.
   *
   * @param canonical orders the collections of keys; null for anything else
   */
  CheckedObjectOutputStream(
      ByteArrayOutputStream out, SerializationFilter filter, CanonicalCollections canonical)
      throws IOException {
    super(out);
    this.filter = filter;
    this.canonical = canonical;
    enableReplaceObject(canonical != null);
  }

  @Override
  protected void annotateClass(Class<?> type) throws IOException {
    if (refused) {
      return; // the stream writes the refusal itself, and is then thrown away
    }
    String refusal = filter.refusal(type);
    if (refusal != null) {
      refused = true;
      throw new InvalidClassException(type.getName(), refusal);
    }
  }

  @Override
  protected Object replaceObject(Object object) throws IOException {
    boolean leaf =
        object instanceof String
            || (BuiltInType.of(object.getClass()) != null
                && !(object instanceof byte[])
                && !(object instanceof Date));
    if (!leaf) {
      return canonical.of(object);
    }
    Object first = leaves.putIfAbsent(object, object);
    return first == null ? object : first;
  }
}
