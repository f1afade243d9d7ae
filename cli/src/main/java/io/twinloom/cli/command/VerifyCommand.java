package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.model.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verify}: whether a measurement comes all the way. */
@Command(
    name = "verify",
    description = {
      "Send a marked measurement in and follow it hop by hop; leaves nothing behind.",
      "",
      "  twinloom verify my-twin",
      "  twinloom verify my-twin --device sensor-1 --target cloud"
    })
final class VerifyCommand extends DeployedCommand {

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      paramLabel = "ID",
      description = "The device it is from (default: the project's first).")
  private @Nullable String device;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long to wait for it (default: 30s).")
  private Duration limit = Duration.ofSeconds(30);

  @Override
  protected int run(Output output) {
    VerifyReport report = running().verify(Optional.ofNullable(device), limit);
    output.result(VerifyJson.write(report), lines(report, output));
    return report.ok() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static List<String> lines(VerifyReport report, Output output) {
    List<String> lines = new ArrayList<>();
    lines.add("A marked measurement of " + report.device() + ":");
    String cloud = "";
    for (Hop hop : report.hops()) {
      String at = hop.cloud().id();
      String crossing = cloud.isEmpty() || cloud.equals(at) ? "  " : output.paint(Paint.CYAN, "⇒ ");
      cloud = at;
      lines.add(
          "  "
              + (hop.ok() ? output.paint(Paint.GREEN, "✓") : output.paint(Paint.RED, "✗"))
              + " "
              + crossing
              + String.format(
                  Locale.ROOT,
                  "%-7s %s %s",
                  at,
                  Columns.left(hop.function(), 40),
                  millis(hop.millis()))
              + hop.detail().map(d -> "  " + Printable.line(d)).orElse(""));
    }
    lines.add(
        report.ok()
            ? output.paint(Paint.GREEN, "It came all the way, and nothing of it is left.")
            : output.paint(Paint.RED, "It did not come all the way."));
    return lines;
  }

  private static String millis(OptionalDouble millis) {
    return millis.isPresent()
        ? String.format(Locale.ROOT, "%8.2f ms", millis.getAsDouble())
        : "           ";
  }
}
