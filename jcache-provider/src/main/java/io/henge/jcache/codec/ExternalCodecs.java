package io.henge.jcache.codec;

import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The codecs that an application brings: by name, and with the class of each object beside it. */
final class ExternalCodecs {

  private final String where;
  private final TreeMap<String, Codec> byName = new TreeMap<>();

  /**
   * Finds the codecs.
   *
   * @throws CodecException if one cannot be made, or two have one name
   */
  ExternalCodecs(String where, ClassLoader loader) {
    this.where = where;
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
  }

  /** Encodes an object after a tag; null if no codec is for it. */
  byte[] encode(int tag, Object object) {
    for (Codec codec : byName.values()) {
      if (codec.handles(object.getClass())) {
        byte[] body = body(codec, object);
        return new WireWriter(64 + body.length)
            .writeByte(tag)
            .writeString(codec.name())
            .writeString(object.getClass().getName())
            .writeRaw(body, 0, body.length)
            .toByteArray();
      }
    }
    return null;
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
    Codec codec = byName.get(name);
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
