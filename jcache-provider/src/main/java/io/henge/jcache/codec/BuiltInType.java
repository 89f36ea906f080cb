package io.henge.jcache.codec;

import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The encoding of one JDK type. It is canonical: equal objects give equal bytes. The tags are part
 * of the data that members exchange; a tag is never given to another type.
 *
 * @param tag the first byte of the encoding
 * @param type the exact class; subclasses are not covered
 * @param writer appends the object
 * @param reader reads it back
 */
record BuiltInType<T>(
    int tag, Class<T> type, BiConsumer<WireWriter, T> writer, Function<WireReader, T> reader) {

  static final List<BuiltInType<?>> ALL =
      List.of(
          new BuiltInType<>(8, Boolean.class, WireWriter::writeBoolean, WireReader::readBoolean),
          new BuiltInType<>(
              9, Byte.class, (out, value) -> out.writeByte(value), in -> (byte) in.readByte()),
          new BuiltInType<>(
              10,
              Short.class,
              (out, value) -> writeSigned(out, value),
              in -> (short) readSigned(in)),
          new BuiltInType<>(
              11,
              Integer.class,
              (out, value) -> writeSigned(out, value),
              in -> (int) readSigned(in)),
          new BuiltInType<>(12, Long.class, BuiltInType::writeSigned, BuiltInType::readSigned),
          new BuiltInType<>(
              13,
              Character.class,
              (out, value) -> out.writeVarInt(value),
              in -> (char) in.readVarInt()),
          new BuiltInType<>(
              14,
              Float.class,
              (out, value) -> out.writeInt(Float.floatToIntBits(value)),
              in -> Float.intBitsToFloat(in.readInt())),
          new BuiltInType<>(
              15,
              Double.class,
              (out, value) -> out.writeLong(Double.doubleToLongBits(value)),
              in -> Double.longBitsToDouble(in.readLong())),
          new BuiltInType<>(
              16,
              byte[].class,
              (out, value) -> out.writeRaw(value, 0, value.length),
              BuiltInType::readRest),
          new BuiltInType<>(
              17,
              UUID.class,
              (out, value) ->
                  out.writeLong(value.getMostSignificantBits())
                      .writeLong(value.getLeastSignificantBits()),
              in -> new UUID(in.readLong(), in.readLong())),
          new BuiltInType<>(
              18,
              BigInteger.class,
              (out, value) -> out.writeBytes(value.toByteArray()),
              in -> new BigInteger(in.readBytes())),
          new BuiltInType<>(
              19,
              BigDecimal.class,
              (out, value) -> {
                writeSigned(out, value.scale());
                out.writeBytes(value.unscaledValue().toByteArray());
              },
              in -> {
                int scale = (int) readSigned(in);
                return new BigDecimal(new BigInteger(in.readBytes()), scale);
              }),
          new BuiltInType<>(20, Date.class, BuiltInType::writeUtilDate, BuiltInType::readUtilDate),
          new BuiltInType<>(
              21,
              Instant.class,
              (out, value) -> writeSeconds(out, value.getEpochSecond(), value.getNano()),
              in -> Instant.ofEpochSecond(readSigned(in), in.readVarInt())),
          new BuiltInType<>(
              22,
              Duration.class,
              (out, value) -> writeSeconds(out, value.getSeconds(), value.getNano()),
              in -> Duration.ofSeconds(readSigned(in), in.readVarInt())),
          new BuiltInType<>(23, LocalDate.class, BuiltInType::writeDate, BuiltInType::readDate),
          new BuiltInType<>(24, LocalTime.class, BuiltInType::writeTime, BuiltInType::readTime),
          new BuiltInType<>(
              25, LocalDateTime.class, BuiltInType::writeDateTime, BuiltInType::readDateTime),
          new BuiltInType<>(
              26,
              OffsetDateTime.class,
              (out, value) -> {
                writeDateTime(out, value.toLocalDateTime());
                writeOffset(out, value.getOffset());
              },
              in -> OffsetDateTime.of(readDateTime(in), readOffset(in))),
          new BuiltInType<>(
              27,
              ZonedDateTime.class,
              (out, value) -> {
                writeDateTime(out, value.toLocalDateTime());
                writeOffset(out, value.getOffset());
                out.writeString(value.getZone().getId());
              },
              in ->
                  ZonedDateTime.ofInstant(
                      readDateTime(in), readOffset(in), ZoneId.of(in.readString()))),
          new BuiltInType<>(
              28, ZoneOffset.class, BuiltInType::writeOffset, BuiltInType::readOffset),
          new BuiltInType<>(
              29,
              Period.class,
              (out, value) -> {
                writeSigned(out, value.getYears());
                writeSigned(out, value.getMonths());
                writeSigned(out, value.getDays());
              },
              in -> Period.of((int) readSigned(in), (int) readSigned(in), (int) readSigned(in))),
          new BuiltInType<>(
              30,
              Year.class,
              (out, value) -> writeSigned(out, value.getValue()),
              in -> Year.of((int) readSigned(in))),
          new BuiltInType<>(
              31,
              YearMonth.class,
              (out, value) -> {
                writeSigned(out, value.getYear());
                out.writeByte(value.getMonthValue());
              },
              in -> YearMonth.of((int) readSigned(in), in.readByte())),
          new BuiltInType<>(
              32,
              MonthDay.class,
              (out, value) -> out.writeByte(value.getMonthValue()).writeByte(value.getDayOfMonth()),
              in -> MonthDay.of(in.readByte(), in.readByte())));

  private static final Map<Class<?>, BuiltInType<?>> BY_CLASS =
      ALL.stream().collect(Collectors.toUnmodifiableMap(BuiltInType::type, Function.identity()));

  private static final Map<Integer, BuiltInType<?>> BY_TAG =
      ALL.stream().collect(Collectors.toUnmodifiableMap(BuiltInType::tag, Function.identity()));

  /** The encoding of exactly this class, or null. */
  static BuiltInType<?> of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  /** The encoding with this tag, or null. */
  static BuiltInType<?> of(int tag) {
    return BY_TAG.get(tag);
  }

  /** Encodes an object of this type, tag included. */
  byte[] encode(Object object) {
    WireWriter out = new WireWriter(24).writeByte(tag);
    writer.accept(out, type.cast(object));
    return out.toByteArray();
  }

  private static void writeSigned(WireWriter out, long value) {
    out.writeVarLong((value << 1) ^ (value >> 63));
  }

  private static long readSigned(WireReader in) {
    long value = in.readVarLong();
    return (value >>> 1) ^ -(value & 1);
  }

  private static byte[] readRest(WireReader in) {
    return in.readRaw(in.remaining());
  }

  private static void writeSeconds(WireWriter out, long seconds, int nanos) {
    writeSigned(out, seconds);
    out.writeVarInt(nanos);
  }

  @SuppressWarnings("JavaUtilDate") // applications have them
  private static void writeUtilDate(WireWriter out, Date date) {
    out.writeLong(date.getTime());
  }

  @SuppressWarnings("JavaUtilDate") // applications have them
  private static Date readUtilDate(WireReader in) {
    return new Date(in.readLong());
  }

  private static void writeDate(WireWriter out, LocalDate date) {
    writeSigned(out, date.toEpochDay());
  }

  private static LocalDate readDate(WireReader in) {
    return LocalDate.ofEpochDay(readSigned(in));
  }

  private static void writeTime(WireWriter out, LocalTime time) {
    out.writeVarLong(time.toNanoOfDay());
  }

  private static LocalTime readTime(WireReader in) {
    return LocalTime.ofNanoOfDay(in.readVarLong());
  }

  private static void writeDateTime(WireWriter out, LocalDateTime dateTime) {
    writeDate(out, dateTime.toLocalDate());
    writeTime(out, dateTime.toLocalTime());
  }

  private static LocalDateTime readDateTime(WireReader in) {
    LocalDate date = readDate(in);
    return LocalDateTime.of(date, readTime(in));
  }

  private static void writeOffset(WireWriter out, ZoneOffset offset) {
    writeSigned(out, offset.getTotalSeconds());
  }

  private static ZoneOffset readOffset(WireReader in) {
    return ZoneOffset.ofTotalSeconds((int) readSigned(in));
  }
}
