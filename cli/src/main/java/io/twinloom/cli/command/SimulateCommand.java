package io.twinloom.cli.command;

import io.twinloom.cli.command.MessageSource.Published;
import io.twinloom.cli.terminal.CommandText;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.recording.Recording;
import io.twinloom.deployer.recording.ReplayPace;
import io.twinloom.json.JsonObject;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: the traffic of devices. */
@Command(
    name = "simulate",
    description = {
      "Publish as the project's devices would, until Ctrl-C or for a time.",
      "",
      "  twinloom simulate my-twin",
      "  twinloom simulate my-twin --rate 50 --for 10s --devices sensor-1,sensor-2 --wait",
      "  twinloom simulate my-twin --from monday.ndjson --speed asap --shift now"
    })
final class SimulateCommand extends DeployedCommand {

  private static final Duration REPORT = Duration.ofSeconds(1);
  private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(30);

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5",
      description = "Messages per second, over all devices (default: 5).")
  private double rate = 5;

  @Option(names = "--for", paramLabel = "TIME", description = "How long (default: until Ctrl-C).")
  private @Nullable Duration limit;

  @Option(
      names = "--devices",
      converter = DeviceArgument.class,
      paramLabel = "A,B",
      split = ",",
      description = "Only these devices (default: all).")
  private List<String> devices = List.of();

  @Option(
      names = "--wait",
      description =
          "In the end wait until all is processed (60 s at most), and say how much was stored and what"
              + " was not, and why.")
  private boolean wait;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Publish a recording (see 'record') instead of simulated messages.")
  private @Nullable Path recording;

  @Option(
      names = "--speed",
      paramLabel = "N|asap",
      defaultValue = "1",
      converter = PaceArgument.class,
      description = "How many times faster the recording is published (default: 1), or asap.")
  private ReplayPace pace = ReplayPace.ASAP;

  /** To where the times of a recording are moved. */
  enum Shift {
    now
  }

  @Option(
      names = "--shift",
      paramLabel = "now",
      description = "Move the times in a recording's messages, as if it happened now.")
  private @Nullable Shift shift;

  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong commands = new AtomicLong();

  @Override
  protected int run(Output output) throws Exception {
    if (!(rate > 0 && rate <= 100_000)) {
      throw badUsage("--rate must be above 0 and at most 100000.");
    }
    if (recording == null && shift != null) {
      throw badUsage("--shift moves the times of a recording: give it with --from.");
    }
    return withProject(output, project -> simulate(project, output));
  }

  private int simulate(PreparedProject project, Output output) throws InterruptedException {
    Target target = target();
    ProjectDevices known = new ProjectDevices(project.project());
    devices.forEach(known::get);
    InstantSource clock = terminal().clock();
    long sent = 0;
    Instant start = clock.instant();
    SentTimes times = new SentTimes(start);
    List<String> sending = new ArrayList<>();
    try (Interruption interruption = Interruption.install();
        MessageSource source = source(project, known);
        DeviceClient publisher =
            target
                .devices("twinloom-simulate-" + ProcessHandle.current().pid())
                .orElseThrow(() -> target.absent(named()))) {
      publisher.listen((device, command) -> received(device, command, output));
      long began = System.nanoTime();
      long reported = began;
      for (Optional<MessageSource.Due> next = source.next();
          next.isPresent() && !isOver(began) && !interruption.isRequested();
          next = source.next()) {
        long wait = began + next.get().after().toNanos() - System.nanoTime();
        if (wait > 0 && interruption.await(Duration.ofNanos(wait))) {
          break;
        }
        Published message = next.get().message(clock.instant());
        publish(publisher, message);
        sent++;
        if (this.wait) {
          times.add(message);
        }
        if (System.nanoTime() - reported >= REPORT.toNanos()) {
          reported = System.nanoTime();
          output.say(counted(sent));
        }
      }
      awaitAcknowledgements(sent, interruption);
      sending.addAll(source.devices());
    }
    JsonObject.Builder json =
        JsonObject.builder()
            .put("sent", sent)
            .put("acknowledged", acknowledged.get())
            .put("commands", commands.get())
            .put("seconds", Duration.between(start, clock.instant()).toMillis() / 1e3);
    List<String> lines = new ArrayList<>(List.of(counted(sent)));
    boolean allStored = true;
    if (wait) {
      SimulationOutcome outcome = SimulationOutcome.await(running(), sending, times, start);
      outcome.writeTo(json);
      lines.addAll(outcome.lines());
      allStored = outcome.isComplete();
    }
    output.result(json.build(), lines);
    return acknowledged.get() == sent && allStored ? ExitCode.DONE : ExitCode.FAILED;
  }

  private MessageSource source(PreparedProject project, ProjectDevices known) {
    Path file = recording;
    return file == null
        ? new SimulatedSource(new SimulatedDevices(project.project(), devices, new Random()), rate)
        : new RecordedSource(
            Recording.open(terminal().folder().resolve(file)), pace, shift != null, known, devices);
  }

  private void publish(DeviceClient publisher, Published sent) throws InterruptedException {
    var unused =
        publisher
            .publish(sent.device(), sent.payload())
            .whenComplete(
                (done, error) -> (error == null ? acknowledged : failed).incrementAndGet());
  }

  /** A command is shown as the device would see it: it is the user's own. */
  private void received(String device, byte[] command, Output output) {
    if (devices.isEmpty() || devices.contains(device)) {
      commands.incrementAndGet();
      output.line(Printable.line(device) + " <- " + CommandText.of(command));
    }
  }

  private void awaitAcknowledgements(long sent, Interruption interruption)
      throws InterruptedException {
    long end = System.nanoTime() + LAST_ACKNOWLEDGEMENTS.toNanos();
    while (acknowledged.get() + failed.get() < sent && System.nanoTime() < end) {
      if (interruption.isRequested()) {
        end = Math.min(end, System.nanoTime() + REPORT.toNanos());
      }
      Thread.sleep(5);
    }
  }

  private boolean isOver(long began) {
    return limit != null && System.nanoTime() - began >= limit.toNanos();
  }

  private String counted(long sent) {
    long got = commands.get();
    return Count.of(sent)
        + " sent, "
        + Count.of(acknowledged.get())
        + " acknowledged"
        + (got == 0 ? "" : ", " + Count.of(got, "command") + " received");
  }
}
