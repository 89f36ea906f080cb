package io.henge.jcache.codec;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Objects;

/**
 * Turns the keys, values and processors of one cache into bytes and back. The first byte says how
 * the rest is encoded. Thread-safe.
 */
public final class ObjectCodec {

  private static final int SERIALIZED = 1;
  private static final int UTF_8 = 2;
  private static final int CHARS = 3;
  private static final int ENUM = 4;

  /** From this length on an encoding may be over the other limits, and is tried out. */
  private static final int LARGE = 16 << 20;

  private final String where;
  private final ClassLoader loader;
  private final SerializationLimits limits;

  /**
   * Creates the codec.
   *
   * @param where what the objects belong to, for error messages: "cache orders"
   * @param loader finds the classes of decoded objects; that of the cache manager
   */
  public ObjectCodec(String where, ClassLoader loader) {
    this.where = Objects.requireNonNull(where);
    this.loader = Objects.requireNonNull(loader);
    this.limits = SerializationLimits.DEFAULT;
  }

  /** The loader of decoded classes. */
  public ClassLoader loader() {
    return loader;
  }

  /**
   * Encodes a key; equal strings, numbers and the other built-in types give equal bytes.
   *
   * @throws CodecException if it cannot be serialized
   */
  public byte[] encodeKey(Object key) {
    return encode(key, true);
  }

  /**
   * Encodes anything but null.
   *
   * @throws CodecException if it cannot be serialized
   */
  public byte[] encode(Object object) {
    return encode(object, false);
  }

  /**
   * Decodes what {@link #encode} or {@link #encodeKey} made; each call gives a new object.
   *
   * @throws CodecException if a class is unknown here, differs or is refused
   */
  public Object decode(byte[] bytes) {
    if (bytes.length == 0) {
      throw failure("Cannot read an empty encoding", "it was not written by Henge", null);
    }
    int tag = bytes[0] & 0xFF;
    try {
      return switch (tag) {
        case SERIALIZED -> deserialize(bytes);
        case UTF_8 -> new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        case CHARS -> decodeChars(bytes);
        case ENUM -> decodeEnum(new WireReader(bytes, 1, bytes.length - 1));
        default -> decodeBuiltIn(tag, new WireReader(bytes, 1, bytes.length - 1));
      };
    } catch (MalformedFrameException | DateTimeException | NumberFormatException e) {
      throw failure("Cannot read " + bytes.length + " bytes of kind " + tag, e.getMessage(), e);
    }
  }

  private byte[] encode(Object object, boolean canonical) {
    if (object instanceof String text) {
      return encodeString(text);
    }
    BuiltInType<?> builtIn = BuiltInType.of(object.getClass());
    if (builtIn != null) {
      return builtIn.encode(object);
    }
    if (object instanceof Enum<?> constant) {
      return new WireWriter(64)
          .writeByte(ENUM)
          .writeString(constant.getDeclaringClass().getName())
          .writeString(constant.name())
          .toByteArray();
    }
    return serialize(object, canonical);
  }

  private static byte[] encodeString(String text) {
    if (hasLoneSurrogate(text)) {
      // UTF-8 has no place for half a surrogate pair: two such strings would become one key.
      WireWriter out = new WireWriter(2 * text.length() + 1).writeByte(CHARS);
      text.chars().forEach(unit -> out.writeByte(unit >>> 8).writeByte(unit));
      return out.toByteArray();
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[body.length + 1];
    bytes[0] = UTF_8;
    System.arraycopy(body, 0, bytes, 1, body.length);
    return bytes;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String decodeChars(byte[] bytes) {
    char[] chars = new char[(bytes.length - 1) / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (((bytes[2 * i + 1] & 0xFF) << 8) | (bytes[2 * i + 2] & 0xFF));
    }
    return new String(chars);
  }

  private byte[] serialize(Object object, boolean canonical) {
    String type = object.getClass().getName();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.write(SERIALIZED);
    try (CheckedObjectOutputStream out = new CheckedObjectOutputStream(bytes, limits, canonical)) {
      out.writeObject(object);
    } catch (NotSerializableException e) {
      throw failure(
          "Cannot store an object of class " + type,
          "class " + e.getMessage() + " is not serializable; let it implement java.io.Serializable",
          e);
    } catch (InvalidClassException e) {
      throw failure("Cannot store an object of class " + type, e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw failure("Cannot store an object of class " + type, "serializing it failed: " + e, e);
    } catch (StackOverflowError e) {
      throw failure("Cannot store an object of class " + type, "it is nested too deeply", e);
    }
    if (bytes.size() > limits.bytes()) {
      throw failure(
          "Cannot store an object of class " + type,
          "it takes " + bytes.size() + " bytes, the limit is " + limits.bytes(),
          null);
    }
    byte[] encoded = bytes.toByteArray();
    if (encoded.length >= LARGE) {
      deserialize(encoded);
    }
    return encoded;
  }

  private Object deserialize(byte[] bytes) {
    ApplicationObjectInputStream stream = null;
    try (ApplicationObjectInputStream in =
        new ApplicationObjectInputStream(bytes, 1, loader, limits)) {
      stream = in;
      return in.readObject();
    } catch (ClassNotFoundException e) {
      throw unknownClass(e.getMessage(), e);
    } catch (InvalidClassException e) {
      String refusal = stream == null ? null : stream.refusal();
      throw refusal == null
          ? failure(
              "Cannot read an object of class " + e.classname,
              "its class here differs from the one it was written with ("
                  + e.getMessage()
                  + "); deploy the same version on all members, or declare serialVersionUID",
              e)
          : failure(
              "Refused to read " + refusal,
              "it is over the limits of serialized data or on the list of classes that are never"
                  + " decoded",
              e);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw failure("Cannot read an object", "deserializing it failed: " + e, e);
    } catch (StackOverflowError e) {
      throw failure("Cannot read an object", "it is nested too deeply", e);
    }
  }

  private Object decodeEnum(WireReader in) {
    String className = in.readString();
    String constant = in.readString();
    in.expectEnd();
    try {
      Class<?> type = Class.forName(className, false, loader);
      if (type.isEnum()) {
        for (Object each : type.getEnumConstants()) {
          if (((Enum<?>) each).name().equals(constant)) {
            return each;
          }
        }
      }
      throw failure(
          "Cannot read the enum constant " + className + "." + constant,
          "the class here does not have it; deploy the same version on all members",
          null);
    } catch (ClassNotFoundException e) {
      throw unknownClass(className, e);
    } catch (LinkageError e) {
      throw failure("Cannot read the enum constant " + className + "." + constant, "" + e, e);
    }
  }

  private Object decodeBuiltIn(int tag, WireReader in) {
    BuiltInType<?> type = BuiltInType.of(tag);
    if (type == null) {
      throw failure(
          "Cannot read data of kind " + tag,
          "this version does not know it; let all members run the same version",
          null);
    }
    Object object = type.reader().apply(in);
    in.expectEnd();
    return object;
  }

  private CodecException unknownClass(String className, Throwable cause) {
    return failure(
        "Cannot read an object of class " + className,
        "the class is not known to "
            + loader
            + "; deploy it with the application that uses the cache",
        cause);
  }

  private CodecException failure(String what, String why, Throwable cause) {
    return new CodecException(what + " in " + where + ": " + why + ".", cause);
  }
}
