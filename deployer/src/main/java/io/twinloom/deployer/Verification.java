package io.twinloom.deployer;

import io.twinloom.deployer.VerifyReport.Hop;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonNumber;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Follows a marked measurement from its device to the readers of the hot store: it is published
 * like any other, its trace is found in the log, and its item is removed in the end with the
 * deployer's own right.
 */
public final class Verification {

  /** The member that marks a measurement; its value tells this one from others. */
  public static final String MARK = "_verify";

  /** What the log's line of a marked measurement has among its fields, at its first function. */
  public static final String MARK_FIELD = "verify";

  private static final Duration STEP = Duration.ofMillis(25);
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(2);

  /** What a target lends for it. */
  public interface Ground {

    /** Publishes as a device and returns once it is acknowledged. */
    void publish(String device, byte[] payload, Duration limit);

    /** The log's lines since a time, of one trace or of all. */
    List<JsonObject> log(Optional<String> trace, Instant since);

    /** Calls a function with the deployer's right. */
    JsonValue call(String function, JsonObject event);

    /** Removes an item from the hot store. */
    void remove(String device, String timestamp);

    /** Lets a little time pass. */
    void pause(Duration duration);

    Instant now();
  }

  private final Project project;
  private final Topology topology;
  private final Ground ground;
  private final RandomGenerator random;

  /**
   * Makes ready to verify.
   *
   * @param topology what is deployed
   */
  public Verification(Project project, Topology topology, Ground ground, RandomGenerator random) {
    this.project = project;
    this.topology = topology;
    this.ground = ground;
    this.random = random;
  }

  /**
   * Sends one measurement in and waits for it.
   *
   * @param device whose; empty: the project's first
   * @throws TwinloomException if the project has no such device
   */
  public VerifyReport run(Optional<String> device, Duration limit) {
    String id = Long.toHexString(random.nextLong());
    Instant start = ground.now();
    SimulatedDevices.Sent sent =
        new SimulatedDevices(project, device.map(List::of).orElse(List.of()), random).next(start);
    List<Hop> hops = new ArrayList<>();
    Hop channel = published(sent.device(), sent.event().toBuilder().put(MARK, id).build(), limit);
    hops.add(channel);
    if (!channel.ok()) {
      return new VerifyReport(sent.device(), hops);
    }
    Optional<String> trace = Optional.empty();
    Optional<JsonObject> item = Optional.empty();
    Instant end = start.plus(limit);
    while (item.isEmpty() && ground.now().isBefore(end)) {
      item = stored(sent.device(), start, id);
      if (item.isEmpty()) {
        ground.pause(STEP);
      }
    }
    Instant patience = ground.now().plus(LOG_PATIENCE);
    List<DeployedFunction> way = way();
    List<JsonObject> lines = List.of();
    do {
      trace = trace.isPresent() ? trace : trace(id, start);
      lines = trace.isPresent() ? ground.log(trace, start) : List.of();
      if (way.stream().allMatch(new Lines(lines)::has)) {
        break;
      }
      ground.pause(STEP);
    } while (item.isPresent() && ground.now().isBefore(patience));
    hops.addAll(new Lines(lines).hops(way, item.isPresent()));
    item.ifPresent(
        found -> {
          hops.add(read(sent.device(), start, id));
          ground.remove(sent.device(), found.text("timestamp").orElse(""));
        });
    return new VerifyReport(sent.device(), hops);
  }

  private Hop published(String device, JsonObject event, Duration limit) {
    Provider cloud = project.placement().l1();
    long start = System.nanoTime();
    try {
      ground.publish(device, Json.bytes(event), limit);
      return new Hop(
          "device-channel", cloud, true, millisSince(start), Optional.of("acknowledged"));
    } catch (TwinloomException e) {
      return new Hop("device-channel", cloud, false, -1, Optional.of(e.what()));
    }
  }

  private Optional<String> trace(String id, Instant since) {
    for (JsonObject line : ground.log(Optional.empty(), since)) {
      if (line.object("fields").flatMap(f -> f.text(MARK_FIELD)).filter(id::equals).isPresent()) {
        return line.text("trace_id");
      }
    }
    return Optional.empty();
  }

  private Hop read(String device, Instant start, String id) {
    DeployedFunction reader = reader();
    long began = System.nanoTime();
    boolean found = stored(device, start, id).isPresent();
    return new Hop(
        reader.name(), reader.cloud(), found, millisSince(began), Optional.of("read back"));
  }

  /** The item, which may have been moved on by some microseconds from its own time. */
  private Optional<JsonObject> stored(String device, Instant time, String id) {
    JsonValue page =
        ground.call(
            reader().name(),
            JsonObject.builder()
                .put("device_id", device)
                .put("start", time.toString())
                .put("end", time.plusMillis(1).toString())
                .build());
    JsonArray items =
        page instanceof JsonObject o ? o.array("items").orElse(JsonArray.EMPTY) : JsonArray.EMPTY;
    for (JsonValue value : items) {
      if (value instanceof JsonObject item && item.text(MARK).filter(id::equals).isPresent()) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private DeployedFunction reader() {
    return topology
        .function(FunctionKind.HOT_READER)
        .orElseThrow(() -> new IllegalStateException("every twin has a hot reader"));
  }

  /** The system's functions that a measurement passes, in their order. */
  private List<DeployedFunction> way() {
    List<DeployedFunction> way = new ArrayList<>();
    for (FunctionKind kind :
        List.of(
            FunctionKind.DISPATCHER,
            FunctionKind.CONNECTOR,
            FunctionKind.INGESTION,
            FunctionKind.PROCESSOR,
            FunctionKind.PERSISTER,
            FunctionKind.HOT_WRITER)) {
      topology.function(kind).ifPresent(way::add);
    }
    return way;
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** The log's lines of one trace. */
  private record Lines(List<JsonObject> all) {

    boolean has(DeployedFunction function) {
      return last(function).isPresent();
    }

    private Optional<JsonObject> last(DeployedFunction function) {
      return all.stream()
          .filter(l -> l.text("function").filter(function.name()::equals).isPresent())
          .filter(l -> l.has("outcome"))
          .reduce((first, second) -> second);
    }

    private long tries(DeployedFunction function) {
      return all.stream()
          .filter(l -> l.text("function").filter(function.name()::equals).isPresent())
          .filter(l -> l.has("outcome"))
          .count();
    }

    /** Up to where it came, or to where it stopped. */
    List<Hop> hops(List<DeployedFunction> way, boolean arrived) {
      List<Hop> hops = new ArrayList<>();
      for (DeployedFunction function : way) {
        Hop hop = hop(function, arrived);
        hops.add(hop);
        if (!hop.ok()) {
          break;
        }
      }
      return hops;
    }

    private Hop hop(DeployedFunction function, boolean arrived) {
      Optional<JsonObject> line = last(function);
      if (line.isEmpty()) {
        return new Hop(
            function.name(),
            function.cloud(),
            arrived,
            -1,
            Optional.of(arrived ? "its line is not in the log" : "it did not come here in time"));
      }
      String outcome = line.get().text("outcome").orElse("");
      boolean ok = outcome.equals("ok");
      double millis = line.get().get("ms") instanceof JsonNumber n ? n.asDouble() : -1;
      return new Hop(
          function.name(),
          function.cloud(),
          ok || arrived,
          millis,
          ok ? Optional.empty() : Optional.of(outcome + ", tried " + tries(function) + " times"));
    }
  }
}
