package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.codec.MoveJson;
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
    description = "TierMove what is old enough to the next colder tier now, whatever the schedule.")
final class MoveCommand extends DeployedCommand {

  @Parameters(
      index = "1",
      paramLabel = "WAY",
      converter = Way.class,
      description = "hot-to-cold or cold-to-archive.")
  private TierMove move = TierMove.HOT_TO_COLD;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = Time.class,
      description = "The time that counts as now, in any form that a query takes.")
  private @Nullable Instant now;

  @Override
  protected int run(Output output) {
    MoveReport report = running().move(move, Optional.ofNullable(now));
    output.result(MoveJson.write(report), lines(report, output));
    return report.complete() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Reads the way. */
  static final class Way implements ITypeConverter<TierMove> {
    @Override
    public TierMove convert(String text) {
      return TierMove.of(text)
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
            "'" + text + "' is not a time; write it as 2026-03-01T12:00:00Z");
      }
      return Instant.parse(time);
    }
  }

  private static List<String> lines(MoveReport report, Output output) {
    List<String> lines = new ArrayList<>();
    if (report.busy()) {
      lines.add(output.paint(Paint.YELLOW, "Another run is at work; nothing was done."));
      return lines;
    }
    MoveReport.Moved moved = report.moved();
    lines.add(
        String.format(
            Locale.ROOT,
            "Moved %,d items in %,d chunks, %,d bytes.",
            moved.items(),
            moved.chunks(),
            moved.bytes()));
    for (MoveReport.Left left : report.left()) {
      lines.add(output.paint(Paint.YELLOW, "  left: ") + left.key() + ": " + left.why());
    }
    report.open().ifPresent(why -> lines.add("  The plan stays open: " + why));
    return lines;
  }
}
