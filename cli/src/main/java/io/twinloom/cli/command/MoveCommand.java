package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
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
    description = {
      "Move what is old enough to the next colder tier now, whatever the schedule.",
      "",
      "  twinloom move my-twin hot-to-cold",
      "  twinloom move my-twin cold-to-archive --now 2026-12-31"
    })
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
      description = "The time that counts as now: " + TimeArgument.FORMS)
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

  private static List<String> lines(MoveReport report, Output output) {
    List<String> lines = new ArrayList<>();
    if (report.busy()) {
      lines.add(output.paint(Paint.YELLOW, "Another run is at work; nothing was done."));
      return lines;
    }
    if (report.suspended().isPresent()) {
      lines.add(
          output.paint(
              Paint.YELLOW,
              "The mover is suspended, nothing was moved: " + report.suspended().get() + "."));
      return lines;
    }
    MoveReport.Moved moved = report.moved();
    lines.add(
        String.format(
            Locale.ROOT,
            "Moved %s in %s, %s.",
            Count.of(moved.items(), "item"),
            Count.of(moved.chunks(), "chunk"),
            Count.of(moved.bytes(), "byte")));
    for (MoveReport.Left left : report.left()) {
      lines.add(
          output.paint(Paint.YELLOW, "  left: ")
              + Printable.line(left.key())
              + ": "
              + Printable.line(left.why()));
    }
    report.open().ifPresent(why -> lines.add("  The plan stays open: " + why));
    return lines;
  }
}
