package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.CommandText;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.local.log.LogReader;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.time.Timestamps;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Lets the greenhouse's devices measure, and shows what arrives, until it is ended. */
public final class DemoLoop {

  private static final Duration STEP = Duration.ofMillis(500);

  private final PreparedProject project;
  private final TwinControl twin;
  private final DeviceClient devices;
  private final Output output;
  private final Greenhouse greenhouse;
  private final LatestValues values = new LatestValues();
  private final Throughput throughput;
  private final LogReader.Follower log;
  private final DemoEvents events;
  private final TierDemo tiers;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final InstantSource clock;
  private final String begun;
  private final long started = System.nanoTime();
  private long arrived;

  private record Command(String device, byte[] payload) {}

  public DemoLoop(
      PreparedProject project,
      RunningTwin twin,
      DeviceClient devices,
      InstantSource clock,
      Random random,
      Output output)
      throws InterruptedException {
    this.project = project;
    this.twin = twin.control();
    this.clock = clock;
    this.greenhouse = new Greenhouse(random);
    this.begun = clock.instant().toString();
    this.devices = devices;
    this.output = output;
    this.log = twin.followLog();
    Topology topology = project.topology();
    this.events = new DemoEvents(topology);
    this.tiers = new TierDemo(this.twin, project.project().devices().getFirst().id(), begun);
    devices.listen((device, payload) -> commands.add(new Command(device, payload)));
    String last =
        topology
            .function(FunctionKind.HOT_WRITER)
            .or(() -> topology.function(FunctionKind.PERSISTER))
            .map(DeployedFunction::name)
            .orElse("");
    this.throughput =
        new Throughput(
            topology.function(FunctionKind.DISPATCHER).map(DeployedFunction::name).orElse(""),
            last);
  }

  /**
   * Goes on until it is ended.
   *
   * @param limit how long; null: until it is interrupted
   * @param invitation what to say below the picture
   * @return how many measurements were seen to arrive
   */
  public long run(@Nullable Duration limit, List<String> invitation, Interruption interruption)
      throws InterruptedException {
    try (Drawing drawing = drawing(invitation, interruption)) {
      while (limit == null || since().compareTo(limit) < 0) {
        measure();
        drawing.draw();
        Duration step =
            limit == null || limit.minus(since()).compareTo(STEP) > 0 ? STEP : limit.minus(since());
        if (drawing.await(step, interruption)) {
          break;
        }
        look();
      }
      drawing.draw();
    }
    return arrived;
  }

  /** The devices carry out the commands since the last step. */
  private void obey() {
    for (Command command; (command = commands.poll()) != null; ) {
      Optional<String> does = Optional.empty();
      try {
        if (Json.parse(command.payload()) instanceof JsonObject json) {
          does = greenhouse.obey(command.device(), json);
        }
      } catch (JsonSyntaxException e) {
        does = Optional.of("does not understand it");
      }
      events.command(
          Timestamps.of(clock.instant()),
          command.device(),
          CommandText.of(command.payload()),
          does);
    }
  }

  private void measure() throws InterruptedException {
    obey();
    for (Sent sent : greenhouse.after(STEP.toMillis() / 1e3, clock.instant())) {
      values.sends(sent.device(), sent.event());
      var unused = devices.publish(sent.device(), Json.bytes(sent.event()));
    }
  }

  private void look() {
    log.poll(
        json -> {
          LogLine line = new LogLine(json);
          throughput.line(line);
          events.line(line);
        });
    for (DemoEvents.DemoEvent event : events.fresh()) {
      if (!output.isLive()) {
        output.item(event.toJson(), event.time() + "  * " + event.who() + "  " + event.text());
      }
    }
    tiers.look();
    if (!output.isLive()) {
      tiers.fresh().ifPresent(this::ages);
    }
    for (Device device : project.project().devices()) {
      String from = values.last(device.id()).orElse(begun);
      HistoryPage page = twin.query(HistoryRequest.of(device.id()).from(Optional.of(from)).build());
      List<JsonObject> fresh = values.add(device.id(), page);
      arrived += fresh.size();
      if (!output.isLive()) {
        fresh.forEach(item -> lines(device, item));
      }
    }
  }

  private void ages(JsonObject seen) {
    if (output.isJson()) {
      output.item(seen, "");
    } else {
      output.line("tiers    " + tiers.tiers(output::paint));
      output.line("history  " + tiers.history(output::paint));
    }
  }

  /** Without a terminal, a line for each value that has arrived. */
  private void lines(Device device, JsonObject item) {
    if (output.isJson()) {
      JsonObject.Builder typed = JsonObject.builder().put("type", "measurement");
      item.members().forEach(typed::put);
      output.item(typed.build(), "");
      return;
    }
    for (Device.Property property : device.properties()) {
      var value = item.get(property.name());
      if (value != null) {
        output.line(
            item.text("timestamp").orElse("")
                + "  "
                + device.id()
                + "  "
                + property.name()
                + " = "
                + item.text(property.name()).orElseGet(value::toString));
      }
    }
  }

  private Duration since() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** What a person sees meanwhile: nothing, where none looks. */
  private interface Drawing extends AutoCloseable {
    void draw();

    /** Waits; returns whether the end was asked for. */
    boolean await(Duration step, Interruption interruption) throws InterruptedException;

    @Override
    void close();
  }

  private Drawing drawing(List<String> invitation, Interruption interruption) {
    return output.isLive()
        ? new Shown(
            new DemoScreen(
                new Picture(project.project(), project.topology(), invitation, output::paint),
                output,
                interruption))
        : new Unseen();
  }

  private static final class Unseen implements Drawing {
    @Override
    public void draw() {}

    @Override
    public boolean await(Duration step, Interruption interruption) throws InterruptedException {
      return interruption.await(step.isNegative() ? Duration.ZERO : step);
    }

    @Override
    public void close() {}
  }

  private final class Shown implements Drawing {
    private final DemoScreen screen;

    Shown(DemoScreen screen) {
      this.screen = screen;
    }

    @Override
    public void draw() {
      Picture.Numbers numbers =
          new Picture.Numbers(
              throughput.perSecond(clock.instant()), throughput.median(), twin.status(), since());
      screen.draw(new Picture.Content(values, events, tiers, numbers));
    }

    @Override
    public boolean await(Duration step, Interruption interruption) throws InterruptedException {
      return screen.await(step);
    }

    @Override
    public void close() {
      screen.close();
    }
  }
}
