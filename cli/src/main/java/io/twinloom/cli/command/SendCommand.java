package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}: one message of a device. */
@Command(
    name = "send",
    description = {
      "Publish one message as a device does: over MQTT, acknowledged. The device and the message are"
          + " checked by the project first.",
      "",
      "  twinloom send my-twin --device sensor-1 '{\"temperature\": 21.5}'",
      "  twinloom send my-twin --device sensor-1 --wait '{\"temperature\": 21.5}'"
    })
@SuppressWarnings("NullAway.Init")
final class SendCommand extends DeployedCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      required = true,
      paramLabel = "ID",
      description = "The device that it is from.")
  private String device;

  @Option(
      names = "--wait",
      description = "Wait until it is stored (30 s at most), and show what was, or why it was not.")
  private boolean wait;

  @Option(
      names = "--unchecked",
      description = "Send it whatever the project says: what cannot be stored is a dead letter.")
  private boolean unchecked;

  @Parameters(
      index = "1",
      paramLabel = "JSON",
      description =
          "The message, an object or a list of them; without a time it gets that of its acceptance"
              + " (with --wait that of its sending).")
  private String message;

  @Override
  protected int run(Output output) throws Exception {
    if (wait && unchecked) {
      throw badUsage("--wait and --unchecked exclude each other.");
    }
    List<SentMessage> sent = unchecked ? List.of() : checked(output);
    if (wait && sent.size() > 1) {
      throw badUsage("--wait shows what becomes of one measurement, and this list has several.");
    }
    byte[] payload =
        wait ? Json.bytes(sent.getFirst().event()) : message.getBytes(StandardCharsets.UTF_8);
    double millis = publish(payload);
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.GREEN, "Acknowledged")
            + String.format(Locale.ROOT, " (%.0f ms with connecting).", millis));
    JsonObject.Builder json = JsonObject.builder().put("device", device).put("acknowledged", true);
    boolean stored = true;
    if (wait) {
      TwinControl twin = running();
      SentMessage.Fate fate = sent.getFirst().await(twin, target(), PATIENCE);
      stored = fate.stored().isPresent();
      lines.addAll(fate.lines(output));
      fate.writeTo(json);
    }
    output.result(json.build(), lines);
    return stored ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** The measurements of the message, as the project lets them be sent. */
  private List<SentMessage> checked(Output output) {
    List<JsonObject> events = DeviceMessages.read(message);
    devices()
        .ifPresent(
            known -> {
              Device found = known.get(device);
              events.stream()
                  .flatMap(event -> DeviceMessages.doubts(found, event).stream())
                  .distinct()
                  .forEach(output::warn);
            });
    return events.stream()
        .map(event -> SentMessage.of(device, event, terminal().clock().instant()))
        .toList();
  }

  private double publish(byte[] payload) throws InterruptedException {
    Target target = target();
    long start = System.nanoTime();
    try (DeviceClient publisher =
        target
            .devices("twinloom-send-" + ProcessHandle.current().pid())
            .orElseThrow(() -> target.absent(named()))) {
      publisher
          .publish(device, payload)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TwinloomException(
          CliError.SEND_NOT_ACKNOWLEDGED,
          "The message was not acknowledged within " + PATIENCE.toSeconds() + " s.",
          device,
          "See 'twinloom status' and 'twinloom logs'; it may have arrived all the same.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TwinloomException known
          ? known
          : new TwinloomException(
              CliError.SEND_FAILED,
              "The message could not be published.",
              device,
              "See 'twinloom logs'.",
              e);
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
