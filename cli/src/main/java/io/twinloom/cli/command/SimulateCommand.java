package io.twinloom.cli.command;

import io.twinloom.cli.terminal.CommandText;
import io.twinloom.cli.terminal.Count;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
      "  twinloom simulate my-twin --rate 50 --for 10s --devices sensor-1,sensor-2 --wait"
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

  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong commands = new AtomicLong();

  @Override
  protected int run(Output output) throws Exception {
    if (!(rate > 0 && rate <= 100_000)) {
      throw badUsage("--rate must be above 0 and at most 100000.");
    }
    return withProject(output, project -> simulate(project, output));
  }

  private int simulate(PreparedProject project, Output output) throws InterruptedException {
    Target target = target();
    ProjectDevices known = new ProjectDevices(project.project());
    devices.forEach(known::get);
    SimulatedDevices simulated = new SimulatedDevices(project.project(), devices, new Random());
    long sent = 0;
    Instant start = Instant.now();
    try (Interruption interruption = Interruption.install();
        DeviceClient publisher =
            target
                .devices("twinloom-simulate-" + ProcessHandle.current().pid())
                .orElseThrow(() -> target.absent(named()))) {
      publisher.listen((device, command) -> received(device, command, output));
      long began = System.nanoTime();
      long reported = began;
      while (!isOver(began) && !interruption.isRequested()) {
        publish(publisher, simulated.next(InstantSource.system().instant()));
        sent++;
        if (System.nanoTime() - reported >= REPORT.toNanos()) {
          reported = System.nanoTime();
          output.say(counted(sent));
        }
        long due = began + (long) (sent * 1e9 / rate);
        long wait = due - System.nanoTime();
        if (wait > 0 && interruption.await(Duration.ofNanos(wait))) {
          break;
        }
      }
      awaitAcknowledgements(sent, interruption);
    }
    JsonObject.Builder json =
        JsonObject.builder()
            .put("sent", sent)
            .put("acknowledged", acknowledged.get())
            .put("commands", commands.get())
            .put("seconds", Duration.between(start, Instant.now()).toMillis() / 1e3);
    List<String> lines = new ArrayList<>(List.of(counted(sent)));
    boolean allStored = true;
    if (wait) {
      SimulationOutcome outcome = SimulationOutcome.await(running(), simulated.devices(), start);
      outcome.writeTo(json);
      lines.addAll(outcome.lines());
      allStored = outcome.isComplete();
    }
    output.result(json.build(), lines);
    return acknowledged.get() == sent && allStored ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void publish(DeviceClient publisher, Sent sent) throws InterruptedException {
    var unused =
        publisher
            .publish(sent.device(), Json.bytes(sent.event()))
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
