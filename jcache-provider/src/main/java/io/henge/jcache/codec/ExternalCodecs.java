package io.henge.jcache.codec;

import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The codecs that an application brings, and JSON-B: by name, and with the class of each object
 * beside it.
 */
final class ExternalCodecs {

  private final String where;
  private final ClassLoader loader;
  private final boolean jsonValues;
  private final TreeMap<String, Codec> byName = new TreeMap<>();

  /** Made when it is first used. */
  private volatile Codec json;

  /**
   * Finds the codecs.
   *
   * @param jsonValues whether values that are for none of the application's go through JSON-B
   * @throws CodecException if one cannot be made, or two have one name
   */
  ExternalCodecs(String where, ClassLoader loader, boolean jsonValues) {
    this.where = where;
    this.loader = loader;
    this.jsonValues = jsonValues;
    try {
      for (Codec codec : ServiceLoader.load(Codec.class, loader)) {
        Codec other = byName.putIfAbsent(codec.name(), codec);
        if (other != null) {
          throw new CodecException(
              "The codecs "
                  + other.getClass().getName()
                  + " and "
                  + codec.getClass().getName()
                  + " are both called "
                  + codec.name()
                  + "; give them different names.",
              null);
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new CodecException(
          "A codec named in META-INF/services/" + Codec.class.getName() + " cannot be used: " + e,
          e);
    }
    if (byName.containsKey(JsonbCodec.NAME)) {
      throw new CodecException(
          "The codec "
              + byName.get(JsonbCodec.NAME).getClass().getName()
              + " is called "
              + JsonbCodec.NAME
              + ", as one of Henge's; give it a different name.",
          null);
    }
    if (jsonValues) {
      json();
    }
  }

  private Codec json() {
    Codec present = json;
    if (present == null) {
      try {
        present = new JsonbCodec(loader);
      } catch (RuntimeException | LinkageError e) {
        throw new CodecException(
            "There is no JSON-B for "
                + where
                + " ("
                + e
                + "); run it on a Jakarta EE server, or add an implementation to the class path,"
                + " such as org.eclipse:yasson.",
            e);
      }
      json = present;
    }
    return present;
  }

  /**
   * Encodes an object after a tag; null if no codec is for it.
   *
   * @param value whether it is a value or part of one
   */
  byte[] encode(int tag, Object object, boolean value) {
    for (Codec codec : byName.values()) {
      if (codec.handles(object.getClass())) {
        return encode(tag, codec, object);
      }
    }
    return value && jsonValues ? encode(tag, json(), object) : null;
  }

  private byte[] encode(int tag, Codec codec, Object object) {
    byte[] body = body(codec, object);
    return new WireWriter(64 + body.length)
        .writeByte(tag)
        .writeString(codec.name())
        .writeString(object.getClass().getName())
        .writeRaw(body, 0, body.length)
        .toByteArray();
  }

  private byte[] body(Codec codec, Object object) {
    try {
      return codec.encode(object);
    } catch (IOException | RuntimeException e) {
      throw failure("encode", codec.name(), object.getClass().getName(), e);
    }
  }

  /** Finds and checks the class of an encoded object. */
  @FunctionalInterface
  interface Classes {

    /** The class with a name, as this application has it. */
    Class<?> find(String name);
  }

  /** Decodes an object. */
  Object decode(WireReader in, Classes classes) {
    String name = in.readString();
    Class<?> type = classes.find(in.readString());
    byte[] body = in.readRaw(in.remaining());
    Codec codec = name.equals(JsonbCodec.NAME) ? json() : byName.get(name);
    if (codec == null) {
      throw new CodecException(
          "Cannot read an object of class "
              + type.getName()
              + " in "
              + where
              + ": the codec "
              + name
              + " that wrote it is not on the class path here; deploy it on all members.",
          null);
    }
    try {
      return type.cast(codec.decode(body, type));
    } catch (IOException | RuntimeException e) {
      throw failure("decode", name, type.getName(), e);
    }
  }

  private CodecException failure(String what, String codec, String type, Exception cause) {
    return new CodecException(
        "The codec "
            + codec
            + " failed to "
            + what
            + " an object of class "
            + type
            + " in "
            + where
            + ": "
            + cause,
        cause);
  }
}
