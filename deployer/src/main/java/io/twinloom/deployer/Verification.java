package io.twinloom.deployer;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.VerifyStep;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Follows a marked measurement from its device through every function of the twin to the layer that
 * shows it: it is published like any other, its trace is found in the log, and its item and dead
 * letters are removed in the end with the deployer's own right. What comes later than the limit is
 * dropped on its way, by its mark. The ways to the colder tiers are tried with a marked chunk.
 */
final class Verification {

  /** What the log's line of a marked measurement has among its fields, at its first function. */
  static final String MARK_FIELD = "verify";

  /** The hop before the first function. */
  private static final String CHANNEL = "device-channel";

  static final Duration STEP = Duration.ofMillis(25);

  /** How long what began within the limit may take to be stored, or to be a dead letter. */
  static final Duration UNDER_WAY = Duration.ofSeconds(2);

  private final Project project;
  private final Topology topology;
  private final VerificationTarget target;
  private final StoreAccess stores;
  private final RandomGenerator random;

  /**
   * Makes ready to verify.
   *
   * @param topology what is deployed
   */
  Verification(
      Project project,
      Topology topology,
      VerificationTarget target,
      StoreAccess stores,
      RandomGenerator random) {
    this.project = project;
    this.topology = topology;
    this.target = target;
    this.stores = stores;
    this.random = random;
  }

  /**
   * Sends one measurement in and waits for it; then tries the ways that lead on from the hot store.
   *
   * @param device whose; empty: the project's first
   * @throws TwinloomException if the project has no such device
   */
  VerifyReport run(Optional<String> device, Duration limit) {
    SimulatedDevices devices =
        new SimulatedDevices(project, device.map(List::of).orElse(List.of()), random);
    DeviceClient channel;
    try {
      // What connecting takes is no part of the measurement's time.
      channel = target.devices();
    } catch (TwinloomException e) {
      return new VerifyReport(devices.next(target.now()).device(), List.of(unreachable(e)));
    }
    Instant start = target.now();
    Instant end = start.plus(limit);
    SimulatedDevices.Sent sent = devices.next(start);
    Marked marked = new Marked(VerifyMark.id(random.nextLong(), end), sent.device(), start);
    List<Hop> hops = new ArrayList<>();
    boolean settled = false;
    try {
      hops.add(published(channel, marked, sent.event(), limit));
      settled = hops.getFirst().ok() && followed(marked, end, hops);
    } finally {
      leaveNothing(marked, settled ? Optional.empty() : Optional.of(end.plus(UNDER_WAY)));
    }
    return new VerifyReport(sent.device(), hops);
  }

  /** Follows it as far as it comes; says whether nothing of it will be tried again. */
  private boolean followed(Marked marked, Instant end, List<Hop> hops) {
    boolean arrived = awaitItem(marked, end);
    LogLines lines = awaitLines(marked, arrived);
    hops.addAll(lines.hops(functions(VerifyStep.INBOUND), arrived));
    if (!hops.getLast().ok()) {
      return false;
    }
    Hop found = read(FunctionKind.HOT_READER, marked);
    hops.add(found);
    return found.ok() && followedOn(marked, lines, hops);
  }

  /** Goes on from the hot store, everywhere: that one way is closed says nothing of the others. */
  private boolean followedOn(Marked marked, LogLines lines, List<Hop> hops) {
    List<Hop> after = lines.hops(functions(VerifyStep.AFTER_STORING), false);
    hops.addAll(after);
    for (FunctionKind reader : FunctionSpec.verified(VerifyStep.READ_BACK)) {
      if (topology.function(reader).isPresent()) {
        hops.add(read(reader, marked));
      }
    }
    hops.addAll(new TierVerification(topology, target, stores, random).run(marked.id()));
    return after.stream().allMatch(Hop::ok);
  }

  /**
   * @param until what failed, or waits, may be done again until then; empty: all is done
   */
  private void leaveNothing(Marked marked, Optional<Instant> until) {
    until
        .map(end -> Duration.between(target.now(), end))
        .filter(Duration::isPositive)
        .ifPresent(target::pause);
    try {
      stored(FunctionKind.HOT_READER, marked)
          .ifPresent(i -> stores.removeItem(marked.device(), i.text("timestamp").orElse("")));
    } finally {
      stores.removeDeadLetters(marked.id(), marked.time());
    }
  }

  /** What is followed: the mark, whose it is, and its time. */
  private record Marked(String id, String device, Instant time) {}

  private boolean awaitItem(Marked marked, Instant end) {
    boolean found = stored(FunctionKind.HOT_READER, marked).isPresent();
    while (!found && target.now().isBefore(end)) {
      target.pause(STEP);
      found = stored(FunctionKind.HOT_READER, marked).isPresent();
    }
    return found;
  }

  private LogLines awaitLines(Marked marked, boolean arrived) {
    List<DeployedFunction> all = functions(VerifyStep.INBOUND);
    all.addAll(functions(VerifyStep.AFTER_STORING));
    return LogLines.await(target, () -> trace(marked), marked.time(), all, arrived);
  }

  private List<DeployedFunction> functions(VerifyStep step) {
    List<DeployedFunction> there = new ArrayList<>();
    FunctionSpec.verified(step).forEach(kind -> topology.function(kind).ifPresent(there::add));
    return there;
  }

  private Hop published(DeviceClient channel, Marked marked, JsonObject event, Duration limit) {
    Provider cloud = project.placement().l1();
    long start = System.nanoTime();
    try {
      JsonObject message = event.toBuilder().put(VerifyMark.MEMBER, marked.id()).build();
      publish(channel, marked.device(), Json.bytes(message), limit);
      return new Hop(CHANNEL, cloud, true, millisSince(start), Optional.of("acknowledged"));
    } catch (TwinloomException e) {
      return unreachable(e);
    }
  }

  private Hop unreachable(TwinloomException e) {
    return new Hop(
        CHANNEL, project.placement().l1(), false, OptionalDouble.empty(), Optional.of(e.what()));
  }

  private static void publish(DeviceClient channel, String device, byte[] payload, Duration limit) {
    try {
      channel
          .publish(device, payload)
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new TwinloomException(
          DeployerError.VERIFY_NOT_ACKNOWLEDGED,
          "The device channel did not acknowledge the message.",
          device,
          "See the log ('twinloom logs'), and that nothing else uses the device's identity.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TwinloomException(
          DeployerError.INTERRUPTED, "Verifying was interrupted.", device, "Run it again.", e);
    }
  }

  private Optional<String> trace(Marked marked) {
    return target.log(Optional.empty(), marked.time()).stream()
        .filter(line -> line.field(MARK_FIELD).equals(Optional.of(marked.id())))
        .findFirst()
        .flatMap(LogLine::traceId);
  }

  private Hop read(FunctionKind kind, Marked marked) {
    DeployedFunction reader = function(kind);
    long began = System.nanoTime();
    try {
      boolean found = stored(kind, marked).isPresent();
      return new Hop(
          reader.name(),
          reader.cloud(),
          found,
          millisSince(began),
          Optional.of(found ? "read back" : "it does not find the measurement"));
    } catch (TwinloomException e) {
      return new Hop(
          reader.name(), reader.cloud(), false, millisSince(began), Optional.of(e.what()));
    }
  }

  /** The item, which may have been moved on by some microseconds from its own time. */
  private Optional<JsonObject> stored(FunctionKind reader, Marked marked) {
    JsonValue page =
        stores.call(
            function(reader).name(),
            JsonObject.builder()
                .put("device_id", marked.device())
                .put("start", marked.time().toString())
                .put("end", marked.time().plusMillis(1).toString())
                .build());
    JsonArray items =
        page instanceof JsonObject o ? o.array("items").orElse(JsonArray.EMPTY) : JsonArray.EMPTY;
    for (JsonValue value : items) {
      if (value instanceof JsonObject item
          && item.text(VerifyMark.MEMBER).filter(marked.id()::equals).isPresent()) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private DeployedFunction function(FunctionKind kind) {
    return topology
        .function(kind)
        .orElseThrow(() -> new IllegalStateException("this twin has no " + kind.id()));
  }

  static OptionalDouble millisSince(long nanos) {
    return OptionalDouble.of((System.nanoTime() - nanos) / 1e6);
  }
}
