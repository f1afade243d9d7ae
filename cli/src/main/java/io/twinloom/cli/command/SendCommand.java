package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    description = "Publish one message as a device does: over MQTT, acknowledged.")
@SuppressWarnings("NullAway.Init")
final class SendCommand extends DeployedCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--device",
      required = true,
      paramLabel = "ID",
      description = "The device that it is from.")
  private String device;

  @Parameters(
      index = "1",
      paramLabel = "JSON",
      description = "The message; without a time it gets that of its acceptance.")
  private String message;

  @Override
  protected int run(Output output) throws Exception {
    Target target = target();
    long start = System.nanoTime();
    try (DeviceClient publisher =
        target
            .devices("twinloom-send-" + ProcessHandle.current().pid())
            .orElseThrow(() -> target.absent(named()))) {
      publisher
          .publish(device, message.getBytes(StandardCharsets.UTF_8))
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
    double millis = (System.nanoTime() - start) / 1e6;
    output.result(
        JsonObject.builder().put("device", device).put("acknowledged", true).build(),
        List.of(
            output.paint(Paint.GREEN, "Acknowledged")
                + String.format(Locale.ROOT, " (%.0f ms with connecting).", millis)));
    return ExitCode.DONE;
  }
}
