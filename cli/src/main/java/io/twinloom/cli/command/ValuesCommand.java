package io.twinloom.cli.command;

import io.twinloom.cli.command.NewestValues.DeviceValues;
import io.twinloom.cli.command.NewestValues.Newest;
import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ScreenText;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code values}: the newest value of each property of all devices. */
@Command(
    name = "values",
    description = {
      "Show the newest value of each property of all devices, with its age.",
      "",
      "  twinloom values my-twin",
      "  twinloom values my-twin --device sensor-1 --watch"
    })
final class ValuesCommand extends DeployedCommand {

  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      paramLabel = "A,B",
      split = ",",
      description = "Only these devices (default: all).")
  private List<String> wanted = List.of();

  @Option(
      names = {"-w", "--watch"},
      description = "Stay, and show them anew until Ctrl-C; with --json one object a line.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "How often --watch looks (default: 2s).")
  private Duration every = Duration.ofSeconds(2);

  @Override
  protected int run(Output output) throws Exception {
    if (!every.isPositive()) {
      throw badUsage("--every is above 0.");
    }
    TwinControl twin = running();
    ProjectDevices known =
        devices()
            .orElseThrow(
                () ->
                    new TwinloomException(
                        DeployerError.PROJECT_INVALID,
                        "The project cannot be read, so its devices are not known.",
                        named(),
                        "'twinloom validate " + named() + "' says what is wrong with it."));
    wanted.forEach(known::get);
    List<Device> devices =
        known.project().devices().stream()
            .filter(d -> wanted.isEmpty() || wanted.contains(d.id()))
            .toList();
    NewestValues values = new NewestValues(twin, devices);
    if (watch) {
      watch(values, output);
    } else {
      List<DeviceValues> read = values.read();
      output.result(json(read), lines(read, output));
    }
    return ExitCode.DONE;
  }

  private void watch(NewestValues values, Output output) throws InterruptedException {
    try (Interruption interruption = Interruption.install()) {
      do {
        List<DeviceValues> read = values.read();
        if (output.isLive()) {
          redraw(lines(read, output), output);
        } else if (output.isJson()) {
          output.item(json(read), "");
        } else {
          lines(read, output).forEach(output::line);
        }
      } while (!output.isUnheard() && !interruption.await(every));
    }
  }

  private static void redraw(List<String> lines, Output output) {
    PrintStream out = output.terminal().out();
    StringBuilder frame = new StringBuilder(HOME_AND_CLEAR);
    lines.forEach(l -> frame.append(ScreenText.of(l, output.terminal().coloured())).append('\n'));
    out.print(frame);
    out.flush();
  }

  private static List<String> lines(List<DeviceValues> devices, Output output) {
    Instant now = output.terminal().clock().instant();
    List<String> lines = new ArrayList<>();
    for (DeviceValues device : devices) {
      String name = Printable.line(device.device());
      for (Newest value : device.values()) {
        lines.add(
            output.paint(Paint.BOLD, Columns.left(name, 20))
                + " "
                + Columns.left(Printable.line(value.property()), 24)
                + " "
                + output.paint(Paint.GREEN, Columns.right(shown(value), 14))
                + output.paint(Paint.DIM, "  " + Age.of(value.time(), now)));
        name = "";
      }
      if (device.values().isEmpty()) {
        lines.add(
            output.paint(Paint.BOLD, Columns.left(name, 20))
                + output.paint(Paint.DIM, " no values yet"));
      }
    }
    return lines;
  }

  private static String shown(Newest value) {
    return Printable.cut(value.text(), 60);
  }

  private static JsonObject json(List<DeviceValues> devices) {
    List<JsonValue> all = new ArrayList<>();
    for (DeviceValues device : devices) {
      List<JsonValue> values = new ArrayList<>();
      for (Newest value : device.values()) {
        values.add(
            JsonObject.builder()
                .put("property", value.property())
                .put("value", value.value())
                .put("time", value.time())
                .build());
      }
      all.add(
          JsonObject.builder()
              .put("device", device.device())
              .put("values", new JsonArray(values))
              .build());
    }
    return JsonObject.builder().put("devices", new JsonArray(all)).build();
  }
}
