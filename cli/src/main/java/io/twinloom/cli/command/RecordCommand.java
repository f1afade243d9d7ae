package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.recording.RecordedMessage;
import io.twinloom.deployer.recording.RecordingWriter;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code record}: what devices publish, as a file. */
@Command(
    name = "record",
    description = {
      "Record what the devices of a twin on this machine publish, until Ctrl-C or for a time.",
      "",
      "  twinloom record my-twin --out monday.ndjson",
      "  twinloom record my-twin --out short.ndjson --for 10m --devices sensor-1",
      "  twinloom simulate my-twin --from monday.ndjson --speed 10 --shift now"
    })
final class RecordCommand extends ProjectCommand {

  private static final Duration FLUSH = Duration.ofSeconds(1);

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write, one JSON object a line; it must not exist.")
  private Path out = Path.of("");

  @Option(names = "--for", paramLabel = "TIME", description = "How long (default: until Ctrl-C).")
  private @Nullable Duration limit;

  @Option(
      names = "--devices",
      converter = DeviceArgument.class,
      paramLabel = "A,B",
      split = ",",
      description = "Only these devices (default: all).")
  private List<String> devices = List.of();

  @Override
  protected int run(Output output) throws Exception {
    devices().ifPresent(known -> devices.forEach(known::get));
    Target target = LocalTargets.asked(data(), terminal());
    Path file = terminal().folder().resolve(out);
    AtomicReference<@Nullable TwinloomException> failure = new AtomicReference<>();
    long began = System.nanoTime();
    try (Interruption interruption = Interruption.install();
        DeviceClient channel =
            target
                .devices("twinloom-record-" + ProcessHandle.current().pid())
                .orElseThrow(() -> target.absent(named()))) {
      RecordingWriter writer = RecordingWriter.create(file);
      try (writer) {
        channel.observe((device, payload) -> record(device, payload, writer, failure));
        output.say("Recording into " + out + "; Ctrl-C ends it.");
        boolean ended = false;
        while (!ended && channel.isConnected()) {
          ended = interruption.await(next(began)) || isOver(began);
          throwFailure(failure);
          writer.flush();
        }
        throwFailure(failure);
        if (!ended && !isOver(began)) {
          throw lost(writer);
        }
      }
      // The file is closed: whatever the result counts is in it.
      return done(writer, began, output);
    }
  }

  private static void throwFailure(AtomicReference<@Nullable TwinloomException> failure) {
    TwinloomException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** The time is not over, so that what is there is not what was asked for. */
  private TwinloomException lost(RecordingWriter writer) {
    return new TwinloomException(
        DeployerError.RECORDING_LOST,
        "The connection to the device channel has ended; "
            + Count.of(writer.messages(), "message")
            + " recorded into "
            + out
            + " by then.",
        named(),
        "See whether the twin still runs ('twinloom status "
            + sameTwin()
            + "'), and record into another file.");
  }

  private void record(
      String device,
      byte[] payload,
      RecordingWriter writer,
      AtomicReference<@Nullable TwinloomException> failure) {
    if (devices.isEmpty() || devices.contains(device)) {
      try {
        writer.add(new RecordedMessage(terminal().clock().instant(), device, payload));
      } catch (TwinloomException e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  /** The time until the next look: a whole pause, or what is left. */
  private Duration next(long began) {
    Duration most = limit;
    if (most == null) {
      return FLUSH;
    }
    Duration left = most.minusNanos(System.nanoTime() - began);
    return left.isNegative() ? Duration.ZERO : left.compareTo(FLUSH) < 0 ? left : FLUSH;
  }

  private boolean isOver(long began) {
    Duration most = limit;
    return most != null && System.nanoTime() - began >= most.toNanos();
  }

  private int done(RecordingWriter writer, long began, Output output) {
    double seconds = (System.nanoTime() - began) / 1_000_000 / 1e3;
    JsonObject json =
        JsonObject.builder()
            .put("recorded", writer.messages())
            .put("file", out.toString())
            .put("seconds", seconds)
            .build();
    output.result(
        json, List.of(Count.of(writer.messages(), "message") + " recorded into " + out + "."));
    return ExitCode.DONE;
  }
}
