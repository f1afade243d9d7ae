package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verify}: whether a measurement comes all the way. */
@Command(
    name = "verify",
    description = "Send a marked measurement in and follow it hop by hop; leaves nothing behind.")
final class VerifyCommand extends DeployedCommand {

  @Option(
      names = "--device",
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
    JsonObject report = running().verify(Optional.ofNullable(device), limit);
    output.result(report, lines(report, output));
    return report.get("ok") == JsonBoolean.TRUE ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static List<String> lines(JsonObject report, Output output) {
    List<String> lines = new ArrayList<>();
    lines.add("A marked measurement of " + report.text("device").orElse("") + ":");
    String cloud = "";
    for (JsonValue value : report.array("hops").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject hop) {
        String at = hop.text("cloud").orElse("");
        boolean ok = hop.get("ok") == JsonBoolean.TRUE;
        String crossing =
            cloud.isEmpty() || cloud.equals(at) ? "  " : output.paint(Paint.CYAN, "⇒ ");
        cloud = at;
        lines.add(
            "  "
                + (ok ? output.paint(Paint.GREEN, "✓") : output.paint(Paint.RED, "✗"))
                + " "
                + crossing
                + String.format(
                    Locale.ROOT, "%-7s %-40s %s", at, hop.text("function").orElse(""), millis(hop))
                + hop.text("detail").map(d -> "  " + d).orElse(""));
      }
    }
    boolean ok = report.get("ok") == JsonBoolean.TRUE;
    lines.add(
        ok
            ? output.paint(Paint.GREEN, "It came all the way, and nothing of it is left.")
            : output.paint(Paint.RED, "It did not come all the way."));
    return lines;
  }

  private static String millis(JsonObject hop) {
    return hop.get("ms") instanceof JsonNumber n
        ? String.format(Locale.ROOT, "%8.2f ms", n.asDouble())
        : "           ";
  }
}
