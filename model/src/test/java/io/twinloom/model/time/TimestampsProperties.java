package io.twinloom.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TimestampsProperties {

  /** Farther from the first year than any offset leads. */
  private static final long DAY = 86_400_000_000L;

  private static final long YEAR_1 = -62_135_596_800_000_000L;
  private static final long YEAR_9998 = 253_370_764_799_999_999L;

  @Property
  void textOrderIsTimeOrder(
      @ForAll @LongRange(min = YEAR_1, max = YEAR_9998) long a,
      @ForAll @LongRange(min = YEAR_1, max = YEAR_9998) long b) {
    assertThat(Integer.signum(stored(a).compareTo(stored(b)))).isEqualTo(Long.compare(a, b));
  }

  @Property
  void aStoredTimeReadAgainIsItself(@ForAll @LongRange(min = YEAR_1, max = YEAR_9998) long micros) {
    assertThat(stored(micros)).hasSize(27).matches(Timestamps::isStored);
    assertThat(Timestamps.read(stored(micros))).isEqualTo(stored(micros));
  }

  @Property
  void aTextOfTheShapeIsStoredWhereItIsATime(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 13) int month,
      @ForAll @IntRange(max = 32) int day,
      @ForAll @IntRange(max = 24) int hour,
      @ForAll @IntRange(max = 60) int minute,
      @ForAll @IntRange(max = 60) int second) {
    String text =
        String.format(
            "%04d-%02d-%02dT%02d:%02d:%02d.000000Z", year, month, day, hour, minute, second);
    assertThat(Timestamps.isStored(text)).as(text).isEqualTo(isTime(text));
    assertThat(Timestamps.isStored(text.replace('0', '\u0660'))).as("other digits").isFalse();
  }

  private static boolean isTime(String text) {
    try {
      LocalDateTime.parse(
          text, DateTimeFormatter.ISO_DATE_TIME.withResolverStyle(ResolverStyle.STRICT));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @Property
  void whateverJavaPrintsAtAnyOffsetIsReadAsTheSameInstant(
      @ForAll @LongRange(min = YEAR_1 + DAY, max = YEAR_9998) long micros,
      @ForAll @IntRange(min = -17 * 60, max = 17 * 60) int offsetMinutes) {
    OffsetDateTime local = instant(micros).atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    assertThat(Timestamps.read(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local)))
        .isEqualTo(stored(micros));
  }

  @Property
  void secondsAndMillisecondsOfAnInstantAreTheSameTime(
      @ForAll @LongRange(min = 1_000_000_000_001_000L, max = YEAR_9998) long micros) {
    BigDecimal exact = BigDecimal.valueOf(micros);
    assertThat(Timestamps.read(exact.movePointLeft(3).toPlainString())).isEqualTo(stored(micros));
    assertThat(Timestamps.read(exact.movePointLeft(6).toString())).isEqualTo(stored(micros));
  }

  @Property
  void moreDigitsAreCutOffTowardsThePast(
      @ForAll @LongRange(min = YEAR_1, max = YEAR_9998) long micros,
      @ForAll @IntRange(min = 0, max = 999) int nanos) {
    String finer = stored(micros).replace("Z", String.format("%03dZ", nanos));
    assertThat(Timestamps.read(finer)).isEqualTo(stored(micros));
  }

  @Property
  void anyTextIsReadOrRefusedButNeverFails(@ForAll String text) {
    String read = Timestamps.read(text);
    assertThat(read == null || Timestamps.isStored(read)).isTrue();
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  private static String stored(long micros) {
    return Timestamps.of(instant(micros));
  }
}
