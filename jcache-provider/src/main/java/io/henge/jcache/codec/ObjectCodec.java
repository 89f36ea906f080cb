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
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * Turns the keys, values and processors of one cache into bytes and back. The first byte says how
 * the rest is encoded. Thread-safe.
 */
public final class ObjectCodec implements EntryCodec {

  /** What an encoding is for. */
  private enum Use {
    /** Equal keys have equal bytes. */
    KEY,
    /** May be JSON, if the cache is set so. */
    VALUE,
    /** Only travels: a processor, its result. */
    MESSAGE
  }

  private static final int SERIALIZED = 1;
  private static final int UTF_8 = 2;
  private static final int CHARS = 3;
  private static final int ENUM = 4;
  private static final int EXTERNAL = 5;

  /** From this length on an encoding may be over the other limits, and is tried out. */
  private static final int LARGE = 16 << 20;

  private final String where;
  private final ClassLoader loader;
  private final SerializationFilter filter;
  private final ExternalCodecs codecs;
  private final boolean jsonValues;
  private final boolean checkKeys;
  private final UndecodableEntries undecodable;
  private final CanonicalCollections canonicalCollections =
      new CanonicalCollections(element -> encode(element, Use.KEY), this::copy);

  /**
   * Creates the codec.
   *
   * @param where what the objects belong to, for error messages: "cache orders"
   * @param loader finds the classes of decoded objects; that of the cache manager
   */
  public ObjectCodec(String where, ClassLoader loader) {
    this(where, loader, CodecSettings.DEFAULT);
  }

  /** Creates the codec with settings of its own. */
  public ObjectCodec(String where, ClassLoader loader, CodecSettings settings) {
    this.where = Objects.requireNonNull(where);
    this.loader = Objects.requireNonNull(loader);
    this.filter = new SerializationFilter(settings.rules(), settings.declared());
    this.codecs = new ExternalCodecs(where, loader, settings.jsonValues());
    this.jsonValues = settings.jsonValues();
    this.checkKeys = settings.checkKeys();
    this.undecodable = new UndecodableEntries(where, settings.missUndecodable());
  }

  @Override
  public UndecodableEntries undecodable() {
    return undecodable;
  }

  @Override
  public Object decodeEntry(byte[] bytes) {
    try {
      return decode(bytes);
    } catch (CodecException e) {
      undecodable.met(e);
      return null;
    }
  }

  @Override
  public boolean countsAsAbsent(byte[] value) {
    return value == null || (undecodable.countAsAbsent() && decodeEntry(value) == null);
  }

  @Override
  public boolean byValue() {
    return true;
  }

  @Override
  public byte[] original(byte[] bytes) {
    return bytes;
  }

  /** The loader of decoded classes. */
  @Override
  public ClassLoader loader() {
    return loader;
  }

  /**
   * Encodes a key; equal strings, numbers and the other built-in types give equal bytes.
   *
   * @throws CodecException if it cannot be serialized
   */
  @Override
  public byte[] encodeKey(Object key) {
    byte[] bytes = encode(key, Use.KEY);
    if (checkKeys) {
      check(key, bytes);
    }
    return bytes;
  }

  /** Bytes have to tell about a key what its equals does. */
  private void check(Object key, byte[] bytes) {
    Object copy = decode(bytes);
    String what = "A key of class " + key.getClass().getName() + " cannot be found by its bytes";
    boolean content = key instanceof byte[] array && Arrays.equals(array, (byte[]) copy);
    if (!content && (!copy.equals(key) || copy.hashCode() != key.hashCode())) {
      throw failure(
          what,
          "its copy is not equal to it, or has another hashCode; let its class have equals and"
              + " hashCode by the fields that are serialized (a record has)",
          null);
    }
    if (!Arrays.equals(encode(copy, Use.KEY), bytes)) {
      throw failure(
          what,
          "its copy, which is equal to it, has other bytes: it may hold one object twice and the"
              + " copy two of them, or write state that equals ignores; use strings, numbers,"
              + " lists, sets, maps and records in keys",
          null);
    }
  }

  /**
   * Encodes a value of an entry.
   *
   * @throws CodecException if it cannot be encoded
   */
  @Override
  public byte[] encodeValue(Object value) {
    return encode(value, Use.VALUE);
  }

  /**
   * Encodes what is only sent: anything but null.
   *
   * @throws CodecException if it cannot be serialized
   */
  @Override
  public byte[] encode(Object object) {
    return encode(object, Use.MESSAGE);
  }

  /**
   * Decodes what one of these methods made; each call gives a new object.
   *
   * @throws CodecException if a class is unknown here, differs or is refused
   */
  @Override
  public Object decode(byte[] bytes) {
    if (bytes.length == 0) {
      throw failure("Cannot read an empty encoding", "it was not written by Henge", null);
    }
    return decode(bytes, 0);
  }

  private Object decode(byte[] bytes, int depth) {
    int tag = bytes[0] & 0xFF;
    try {
      if (CollectionCodec.isTag(tag)) {
        if (depth > CollectionCodec.MOST_DEPTH) {
          throw new MalformedFrameException("collections nested more than " + depth + " deep");
        }
        return CollectionCodec.decode(
            tag, new WireReader(bytes, 1, bytes.length - 1), each -> decode(each, depth + 1));
      }
      return switch (tag) {
        case SERIALIZED -> deserialize(bytes);
        case UTF_8 -> new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        case CHARS -> decodeChars(bytes);
        case EXTERNAL ->
            codecs.decode(new WireReader(bytes, 1, bytes.length - 1), this::externalClass);
        case ENUM -> decodeEnum(new WireReader(bytes, 1, bytes.length - 1));
        default -> decodeBuiltIn(tag, new WireReader(bytes, 1, bytes.length - 1));
      };
    } catch (MalformedFrameException
        | DateTimeException
        | NumberFormatException
        | ClassCastException
        | NullPointerException e) {
      throw failure("Cannot read " + bytes.length + " bytes of kind " + tag, e.getMessage(), e);
    }
  }

  private byte[] encode(Object object, Use use) {
    byte[] own = encodeOwn(object, use, 0);
    return own == null ? serialize(object, use == Use.KEY) : own;
  }

  /** The encoding of a type that has one of its own, else null. */
  private byte[] encodeOwn(Object object, Use use, int depth) {
    if (object instanceof String text) {
      return encodeString(text);
    }
    BuiltInType<?> builtIn = BuiltInType.of(object.getClass());
    if (builtIn != null) {
      return builtIn.encode(object);
    }
    if (object instanceof Enum<?> constant) {
      refuse(constant.getDeclaringClass());
      return new WireWriter(64)
          .writeByte(ENUM)
          .writeString(constant.getDeclaringClass().getName())
          .writeString(constant.name())
          .toByteArray();
    }
    if (depth <= CollectionCodec.MOST_DEPTH
        && (object instanceof Collection || object instanceof Map)) {
      byte[] collection =
          CollectionCodec.encode(object, use == Use.KEY, each -> encodeOwn(each, use, depth + 1));
      if (collection != null) {
        return collection;
      }
    }
    byte[] external = codecs.encode(EXTERNAL, object, use == Use.VALUE);
    if (external != null) {
      refuse(object.getClass());
    }
    return external;
  }

  private Class<?> externalClass(String className) {
    try {
      Class<?> type = Class.forName(className, false, loader);
      refuse(type);
      return type;
    } catch (ClassNotFoundException e) {
      throw unknownClass(className, e);
    } catch (LinkageError e) {
      throw failure("Cannot read an object of class " + className, "" + e, e);
    }
  }

  private void refuse(Class<?> type) {
    String refusal = filter.refusal(type);
    if (refusal != null) {
      throw failure("Refused class " + type.getName(), refusal, null);
    }
  }

  /** A copy by serialization, of a part of a key. */
  private Object copy(Object object) {
    return deserialize(serialize(object, false));
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
    try (CheckedObjectOutputStream out = open(bytes, canonical)) {
      out.writeObject(object);
    } catch (NotSerializableException e) {
      throw failure(
          "Cannot store an object of class " + type,
          "class "
              + e.getMessage()
              + " is not serializable; let it implement java.io.Serializable"
              + (jsonValues ? " (henge.cache.<name>.codec=json-b is for values only)" : ""),
          e);
    } catch (InvalidClassException e) {
      throw failure("Cannot store an object of class " + type, e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw failure("Cannot store an object of class " + type, "serializing it failed: " + e, e);
    } catch (StackOverflowError e) {
      throw failure("Cannot store an object of class " + type, "it is nested too deeply", e);
    }
    if (bytes.size() > filter.bytes()) {
      throw failure(
          "Cannot store an object of class " + type,
          "it takes "
              + bytes.size()
              + " bytes, the limit is henge.serialization.max-bytes="
              + filter.bytes(),
          null);
    }
    byte[] encoded = bytes.toByteArray();
    if (encoded.length >= LARGE) {
      deserialize(encoded);
    }
    return encoded;
  }

  private CheckedObjectOutputStream open(ByteArrayOutputStream bytes, boolean canonical)
      throws IOException {
    return new CheckedObjectOutputStream(bytes, filter, canonical ? canonicalCollections : null);
  }

  private Object deserialize(byte[] bytes) {
    ApplicationObjectInputStream stream = null;
    try (ApplicationObjectInputStream in =
        new ApplicationObjectInputStream(bytes, 1, loader, filter)) {
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
          : new CodecException("Refused to read in " + where + " " + refusal + ".", e);
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
      refuse(type);
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
