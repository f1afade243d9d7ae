package io.twinloom.cli.command;

import io.twinloom.model.text.Printable;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as people type it: how long ago, {@code now}, or any form that a device may send. Without
 * a zone it is UTC.
 */
public final class TimeArgument implements ITypeConverter<Instant> {

  /** What {@code --help} says of it. */
  static final String FORMS =
      "-30s, -5m, -1h or -2d (so long ago), now, 2026-03-01, 2026-03-01T12:00:00Z (without a zone"
          + " it is UTC), or seconds since 1970.";

  private static final Pattern AGO = Pattern.compile("-(\\d{1,9})(s|m|h|d)");
  private static final Pattern BARE = Pattern.compile("\\d{1,9}(s|m|h|d)");

  private final InstantSource clock;

  public TimeArgument(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    String wanted = text.strip();
    if (wanted.equals("now")) {
      return clock.instant();
    }
    Matcher ago = AGO.matcher(wanted);
    if (ago.matches()) {
      return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    String time = Timestamps.read(wanted);
    if (time == null) {
      String hint =
          BARE.matcher(wanted).matches()
              ? "; for so long ago write -" + wanted
              : "; write " + FORMS;
      throw new TypeConversionException(
          Printable.quoted(text) + " cannot be read as a time" + hint);
    }
    return Instant.parse(time);
  }

  private static Duration duration(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
