package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.deployer.DeployedTwin.Move;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code move}: a mover's run, now. */
@Command(
    name = "move",
    description = "Move what is old enough to the next colder tier now, whatever the schedule.")
final class MoveCommand extends DeployedCommand {

  @Parameters(
      index = "1",
      paramLabel = "WAY",
      converter = Way.class,
      description = "hot-to-cold or cold-to-archive.")
  private Move move = Move.HOT_TO_COLD;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = Time.class,
      description = "The time that counts as now, in any form that a query takes.")
  private @Nullable Instant now;

  @Override
  protected int run(Output output) {
    JsonObject result = running().move(move, Optional.ofNullable(now));
    output.result(result, lines(result, output));
    boolean done =
        result.array("left").orElse(JsonArray.EMPTY).size() == 0
            && result.get("busy") != JsonBoolean.TRUE;
    return done ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Reads the way. */
  static final class Way implements ITypeConverter<Move> {
    @Override
    public Move convert(String text) {
      return Move.of(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is neither hot-to-cold nor cold-to-archive"));
    }
  }

  /** Reads the time. */
  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      String time = Timestamps.read(text);
      if (time == null) {
        throw new TypeConversionException(
            "'" + text + "' is no time; write it as 2026-03-01T12:00:00Z");
      }
      return Instant.parse(time);
    }
  }

  private static List<String> lines(JsonObject result, Output output) {
    List<String> lines = new ArrayList<>();
    if (result.get("busy") == JsonBoolean.TRUE) {
      lines.add(output.paint(Paint.YELLOW, "Another run is at work; nothing was done."));
      return lines;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "Moved %,d items in %,d chunks, %,d bytes.",
            number(result, "items"),
            number(result, "chunks"),
            number(result, "bytes")));
    for (JsonValue value : result.array("left").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject left) {
        lines.add(
            output.paint(Paint.YELLOW, "  left: ")
                + left.text("key").orElse("")
                + ": "
                + left.text("why").orElse(""));
      }
    }
    result.text("open").ifPresent(why -> lines.add("  The plan stays open: " + why));
    return lines;
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber n ? n.asDecimal().longValue() : 0;
  }
}
