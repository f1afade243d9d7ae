package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.text.Printable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code why}: why there is no data of a device. */
@Command(
    name = "why",
    description = {
      "Say why there is no data: walk a device's way hop by hop, up to the first that fails.",
      "",
      "  twinloom why my-twin --device sensor-1",
      "  twinloom why my-twin --device sensor-1 --property temperature --from -1h --verify"
    })
final class WhyCommand extends RunningTwinCommand {

  @Option(
      names = "--device",
      required = true,
      converter = DeviceArgument.class,
      paramLabel = "ID",
      description = "The device.")
  private String device = "";

  @Option(names = "--property", paramLabel = "P", description = "One of its properties.")
  private @Nullable String property;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From when data is missed: " + TimeArgument.FORMS)
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Until when; in the same forms.")
  private @Nullable Instant to;

  @Option(names = "--verify", description = "End with a marked measurement, as 'verify' sends it.")
  private boolean verify;

  @Override
  protected int run(Output output) throws Exception {
    Map<String, String> asked = new LinkedHashMap<>();
    put(asked, "property", property);
    put(asked, "from", from);
    put(asked, "to", to);
    if (verify) {
      asked.put("verify", "true");
    }
    JsonObject why = client().read(List.of("devices", device, "why"), asked);
    boolean ok = why.get("ok") == JsonBoolean.TRUE;
    output.result(
        why, why.text("text").orElse("").lines().map(line -> painted(line, output)).toList());
    return ok ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void put(Map<String, String> all, String name, @Nullable Object value) {
    if (value != null) {
      all.put(name, value.toString());
    }
  }

  private static String painted(String line, Output output) {
    String text = Printable.line(line);
    if (text.startsWith(" FAIL ")) {
      return output.paint(Paint.RED, text);
    }
    return text.startsWith("  ?") ? output.paint(Paint.DIM, text) : text;
  }
}
