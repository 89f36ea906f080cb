package io.henge.jcache.codec;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JSON by the JSON-B implementation of the server, for values of any class that it can write and
 * read. Its bytes are not the same for all equal objects, so it is not for keys. Only loaded where
 * it is used.
 */
final class JsonbCodec implements Codec {

  /** Stored with each object. */
  static final String NAME = "json-b";

  private final Jsonb jsonb;

  /** Classes of which an object was read back. */
  private final Set<Class<?>> readable = ConcurrentHashMap.newKeySet();

  /**
   * Creates the codec.
   *
   * @param loader the application's, where the implementation is looked for
   * @throws RuntimeException if there is none
   * @throws LinkageError if not even the API is there
   */
  JsonbCodec(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      this.jsonb = JsonbBuilder.create();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean handles(Class<?> type) {
    return true;
  }

  /** What could not be read later is refused when the first object of its class is stored. */
  @Override
  public byte[] encode(Object object) throws IOException {
    Class<?> type = object.getClass();
    byte[] bytes = jsonb.toJson(object, type).getBytes(StandardCharsets.UTF_8);
    if (!readable.contains(type)) {
      if (decode(bytes, type) == null) {
        throw new IOException("it is written as null");
      }
      readable.add(type);
    }
    return bytes;
  }

  @Override
  public Object decode(byte[] bytes, Class<?> type) {
    return jsonb.fromJson(new String(bytes, StandardCharsets.UTF_8), type);
  }
}
