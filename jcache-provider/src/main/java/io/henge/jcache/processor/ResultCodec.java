package io.henge.jcache.processor;

import io.henge.jcache.codec.CodecException;
import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.management.EntryEffect;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import javax.cache.processor.EntryProcessorException;

/**
 * How the result of a processor comes back from the member that ran it: nothing, a value, the entry
 * itself, or what was thrown.
 */
final class ResultCodec {

  private static final int NOTHING = 0;
  private static final int VALUE = 1;
  private static final int ENTRY = 2;
  private static final int THROWN = 3;

  /** The first byte has the kind here, and the effect on the entry above. */
  private static final int KIND_BITS = 4;

  private static final int LONGEST_CAUSE_CHAIN = 20;

  private final EntryCodec codec;

  ResultCodec(EntryCodec codec) {
    this.codec = codec;
  }

  /**
   * Encodes what the processor returned.
   *
   * @throws CodecException if it cannot be serialized
   */
  byte[] encode(Object result, ProcessorEntry<?, ?> entry) {
    if (result == null) {
      return new byte[] {NOTHING};
    }
    if (result == entry) {
      Object value = entry.getValue();
      return new WireWriter(64)
          .writeByte(ENTRY)
          .writeNullableBytes(value == null ? null : codec.encodeValue(value))
          .toByteArray();
    }
    return new WireWriter(64).writeByte(VALUE).writeBytes(codec.encode(result)).toByteArray();
  }

  /** Encodes what the processor threw; never fails. */
  byte[] encodeThrown(Throwable thrown) {
    WireWriter out = new WireWriter(1024).writeByte(THROWN);
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = thrown;
        each != null && chain.size() < LONGEST_CAUSE_CHAIN;
        each = each.getCause()) {
      chain.add(each);
    }
    out.writeList(chain, ResultCodec::writeSubstitute);
    byte[] original;
    try {
      original = codec.encode(thrown);
    } catch (CodecException notSerializable) {
      original = null;
    }
    return out.writeNullableBytes(original).toByteArray();
  }

  /** Adds the effect on the entry to an encoded result. */
  static void mark(byte[] encoded, EntryEffect effect) {
    encoded[0] |= (byte) (effect.toBits() << KIND_BITS);
  }

  /** The effect on the entry that a result came with. */
  static EntryEffect effect(byte[] encoded) {
    return EntryEffect.ofBits((encoded[0] & 0xFF) >>> KIND_BITS);
  }

  /**
   * Decodes a result.
   *
   * @param key the key of the entry, in case the processor returned the entry
   * @throws EntryProcessorException if the processor threw
   * @throws CodecException if the result's class is unknown here
   */
  Object decode(byte[] bytes, Object key) {
    WireReader in = new WireReader(bytes);
    int kind = in.readByte() & ((1 << KIND_BITS) - 1);
    return switch (kind) {
      case NOTHING -> null;
      case VALUE -> codec.decode(in.readBytes());
      case ENTRY -> {
        byte[] value = in.readNullableBytes();
        yield new ReturnedEntry<>(key, value == null ? null : codec.decode(value));
      }
      case THROWN -> throw asEntryProcessorException(readThrown(in));
      default -> throw new CodecException("A processor result of unknown kind " + kind, null);
    };
  }

  /** Wraps what a processor threw, but never twice. */
  static EntryProcessorException asEntryProcessorException(Throwable thrown) {
    return thrown instanceof EntryProcessorException already
        ? already
        : new EntryProcessorException(thrown);
  }

  private Throwable readThrown(WireReader in) {
    List<SubstituteException> chain = in.readList(ResultCodec::readSubstitute);
    byte[] original = in.readNullableBytes();
    if (original != null) {
      try {
        if (codec.decode(original) instanceof Throwable thrown) {
          return thrown;
        }
      } catch (CodecException classUnknownHere) {
        chain.get(0).addSuppressed(classUnknownHere);
      }
    }
    for (int i = 1; i < chain.size(); i++) {
      chain.get(i - 1).initCause(chain.get(i));
    }
    return chain.get(0);
  }

  private static void writeSubstitute(WireWriter out, Throwable thrown) {
    out.writeString(thrown.getClass().getName());
    out.writeString(String.valueOf(thrown.getMessage()));
    out.writeList(
        List.of(thrown.getStackTrace()),
        (to, frame) ->
            to.writeString(frame.getClassName())
                .writeString(frame.getMethodName())
                .writeString(String.valueOf(frame.getFileName()))
                .writeInt(frame.getLineNumber()));
  }

  private static SubstituteException readSubstitute(WireReader in) {
    String className = in.readString();
    String message = in.readString();
    List<StackTraceElement> frames =
        in.readList(
            from ->
                new StackTraceElement(
                    from.readString(), from.readString(), from.readString(), from.readInt()));
    return new SubstituteException(
        className,
        className
            + ": "
            + message
            + " (thrown by an entry processor on another member; the exception itself could not be"
            + " carried over)",
        frames.toArray(StackTraceElement[]::new));
  }
}
