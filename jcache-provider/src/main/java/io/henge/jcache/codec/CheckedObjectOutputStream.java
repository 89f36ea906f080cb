package io.henge.jcache.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * Refuses at once what could not be decoded later, and can write equal immutable leaves as one:
 * whether two fields hold one string or two equal ones is not part of a key.
 */
final class CheckedObjectOutputStream extends ObjectOutputStream {

  private final SerializationLimits limits;
  private final Map<Object, Object> leaves;

  CheckedObjectOutputStream(
      ByteArrayOutputStream out, SerializationLimits limits, boolean canonicalLeaves)
      throws IOException {
    super(out);
    this.limits = limits;
    this.leaves = canonicalLeaves ? new HashMap<>() : null;
    enableReplaceObject(canonicalLeaves);
  }

  @Override
  protected void annotateClass(Class<?> type) throws IOException {
    if (limits.denies(type)) {
      throw new InvalidClassException(
          type.getName(), "on the list of classes that are never decoded");
    }
  }

  @Override
  protected Object replaceObject(Object object) {
    boolean leaf =
        object instanceof String
            || (BuiltInType.of(object.getClass()) != null
                && !(object instanceof byte[])
                && !(object instanceof Date));
    if (!leaf) {
      return object;
    }
    Object first = leaves.putIfAbsent(object, object);
    return first == null ? object : first;
  }
}
