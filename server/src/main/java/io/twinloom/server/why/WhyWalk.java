package io.twinloom.server.why;

import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.model.time.Timestamps;
import io.twinloom.server.why.Step.Name;
import io.twinloom.server.why.Step.Place;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Walks the hops of one device, and stops at the first that fails. */
public final class WhyWalk {

  private static final Set<FunctionKind> PARSING = EnumSet.of(FunctionKind.DISPATCHER);
  private static final Set<FunctionKind> CODE =
      EnumSet.of(FunctionKind.PROCESSOR, FunctionKind.USER_PROCESSOR);
  private static final Set<FunctionKind> STORING =
      EnumSet.of(FunctionKind.PERSISTER, FunctionKind.HOT_WRITER);
  private static final Set<FunctionKind> ROUTING =
      EnumSet.of(FunctionKind.CONNECTOR, FunctionKind.INGESTION);

  /** The receivers on a measurement's way into the hot store, and back. */
  private static final Set<FunctionKind> WAY =
      EnumSet.of(FunctionKind.INGESTION, FunctionKind.HOT_WRITER);

  /** A measurement that is not stored after so long is not just on its way. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

  private static final Duration VERIFY_LIMIT = Duration.ofSeconds(30);

  /**
   * What is asked.
   *
   * @param property one of the device's; empty: any
   * @param from the range whose data is looked for; empty: any time
   * @param verify whether a marked measurement is sent in the end
   */
  public record Question(
      String device,
      Optional<String> property,
      Optional<String> from,
      Optional<String> to,
      boolean verify) {}

  private final Evidence evidence;
  private final Question question;
  private final InstantSource clock;
  private final ReadingSteps readings;

  private WhyWalk(Evidence evidence, Question question, InstantSource clock) {
    this.evidence = evidence;
    this.question = question;
    this.clock = clock;
    this.readings = new ReadingSteps(evidence, question);
  }

  /** The walk as JSON, with the whole as text. */
  public static JsonObject json(RunningProject twin, Question question, InstantSource clock) {
    WhyWalk walk = new WhyWalk(new Evidence(twin, question.device()), question, clock);
    List<Step> steps = walk.steps();
    Optional<Step> failing = steps.stream().filter(Step::isFailed).findFirst();
    List<JsonValue> json = steps.stream().<JsonValue>map(Step::json).toList();
    return JsonObject.builder()
        .put("device", question.device())
        .put("property", question.property().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
        .put("ok", failing.isEmpty())
        .put(
            "failing",
            failing.<JsonValue>map(s -> new JsonString(s.step().id())).orElse(JsonNull.NULL))
        .put("steps", new JsonArray(json))
        .put("text", steps.stream().map(Step::line).collect(Collectors.joining("\n")))
        .build();
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    boolean failed = false;
    for (Name name : Name.values()) {
      if (name == Name.VERIFY && !question.verify()) {
        continue;
      }
      // What is wrong is known by then; a marked measurement still says how far one comes now.
      Step step = failed && name != Name.VERIFY ? Step.unreached(name) : walk(name);
      steps.add(step);
      failed |= step.isFailed();
    }
    return steps;
  }

  private Step walk(Name name) {
    return switch (name) {
      case CONFIGURED -> configured();
      case CONNECTED -> connected();
      case PUBLISHED -> published();
      case PARSED -> letter(name, PARSING, "Every message was a measurement of the device.");
      case ROUTED -> letter(name, ROUTING, "The dispatcher passes its measurements on to layer 2.");
      case USER_CODE -> userCode();
      case CONNECTION -> connection();
      case STORED -> stored();
      case TIER -> readings.tier();
      case COMPONENT_TYPE -> readings.componentType();
      case READER -> readings.reader();
      case VERIFY -> verify();
    };
  }

  private Step configured() {
    if (evidence.configured().isPresent()) {
      return Step.passed(Name.CONFIGURED, "config_iot_devices.json has the device.");
    }
    List<String> known =
        evidence.twin().project().project().devices().stream().map(Device::id).toList();
    return Step.failed(
        Name.CONFIGURED,
        "The twin has no device \""
            + question.device()
            + "\"."
            + Names.nearest(question.device(), known),
        Optional.empty(),
        "Use one of its devices, or add this one to config_iot_devices.json and deploy again.");
  }

  private Step connected() {
    LiveTwin.DeviceActivity activity = evidence.activity();
    if (activity.messages() > 0) {
      return Step.passed(Name.CONNECTED, "The channel has taken messages of it.");
    }
    if (evidence.newest().isPresent()) {
      return Step.doubtful(
          Name.CONNECTED,
          "It has sent nothing since the twin's start, but did before.",
          "See that the device runs and reaches the address that 'twinloom status' shows.");
    }
    if (evidence.isConnected() || evidence.refusedTopic().isPresent()) {
      return Step.passed(Name.CONNECTED, "A client of it has connected.");
    }
    String refusals = evidence.refusals();
    return Step.failed(
        Name.CONNECTED,
        "No message of it has come since the twin's start."
            + evidence
                .refusedConnection()
                .map(r -> " The last refusal was at " + r.time() + ": " + r.why() + ".")
                .orElse("")
            + (refusals.isEmpty() ? "" : " The device channel has counted: " + refusals + "."),
        Optional.of(evidence.twin().live().started()),
        "Connect it to the address of layer 1 that 'twinloom status' shows. " + publishing());
  }

  private String publishing() {
    return "Publish to dt/"
        + evidence.twin().project().topology().twin()
        + "/"
        + question.device()
        + "/telemetry.";
  }

  private Step published() {
    LiveTwin.DeviceActivity activity = evidence.activity();
    Optional<LiveTwin.RefusedTopic> refused = evidence.refusedTopic();
    if (refused.isPresent()) {
      return Step.failed(
          Name.PUBLISHED,
          "What it published to "
              + refused.get().topic()
              + " was not taken: "
              + refused.get().why(),
          Optional.of(refused.get().time()),
          publishing());
    }
    if (activity.messages() == 0 && evidence.newest().isEmpty()) {
      return Step.failed(
          Name.PUBLISHED,
          "It is connected, and has published nothing.",
          Optional.of(evidence.twin().live().started()),
          publishing());
    }
    return Step.passed(
        Name.PUBLISHED,
        Count.of(activity.messages(), "message")
            + " since the start"
            + activity.lastSeen().map(t -> ", the last at " + Timestamps.of(t)).orElse("")
            + ".");
  }

  /**
   * A step that fails where the newest dead letter of the device is of a function of these kinds.
   */
  private Step letter(Name name, Set<FunctionKind> kinds, String passed) {
    return evidence
        .letterOf(kinds)
        .map(l -> ofLetter(name, l, "Fix what the message says; then send again."))
        .orElseGet(() -> Step.passed(name, passed));
  }

  private Step ofLetter(Name name, DeadLetterEntry letter, String fix) {
    Step step =
        Step.failed(
            name, letter.function() + ": " + letter.error(), Optional.of(letter.time()), fix);
    return step.at(
        Place.of(letter.function(), letter.cloud().id()).in(letter.traceId()).with(letter.id()));
  }

  private Step userCode() {
    Optional<DeadLetterEntry> letter = evidence.letterOf(CODE);
    if (letter.isPresent()) {
      return ofLetter(
          Name.USER_CODE,
          letter.get(),
          "Fix the code at that line, deploy again, and replay the dead letters.");
    }
    boolean own = evidence.twin().project().project().processorOf(question.device()).isPresent();
    return Step.passed(
        Name.USER_CODE,
        own ? "Its processor has not failed since its newest item." : "It has no code of its own.");
  }

  private Step connection() {
    for (ConnectionStatus status : evidence.connections()) {
      boolean onTheWay =
          evidence.twin().project().topology().connections().stream()
              .filter(c -> c.id().equals(status.id()))
              .map(Connection::receiver)
              .map(DeployedFunction::kind)
              .anyMatch(WAY::contains);
      if (onTheWay && status.state() != ConnectionState.READY) {
        if (status.state() != ConnectionState.MISSING && evidence.status().backlog() == 0) {
          // Its circuit breaker stays open until there is something to send.
          return Step.doubtful(
              Name.CONNECTION,
              "The connection " + status.id() + " did not answer at last; nothing waits for it.",
              "See whether " + status.to().id() + " answers: the next measurement tells.");
        }
        return Step.failed(
            Name.CONNECTION,
            "The connection "
                + status.id()
                + " is "
                + status.state().id()
                + "; "
                + Count.of(evidence.status().backlog(), "event waits", "events wait")
                + ", nothing is lost.",
            evidence.twin().live().traffic(LiveTwin.KEPT).connections().containsKey(status.id())
                ? Optional.of(clock.instant())
                : Optional.empty(),
            "See whether "
                + status.to().id()
                + " answers ('twinloom status'); what waits is sent when it does.");
      }
    }
    return Step.passed(Name.CONNECTION, "The connections on its way answer.");
  }

  private Step stored() {
    Optional<DeadLetterEntry> letter = evidence.letterOf(STORING);
    if (letter.isPresent()) {
      return ofLetter(Name.STORED, letter.get(), "Fix what it says, and replay the dead letter.");
    }
    Optional<Instant> newest = evidence.newest();
    Optional<Instant> seen = evidence.activity().lastSeen();
    Duration late = seen.map(s -> Duration.between(s, clock.instant())).orElse(Duration.ZERO);
    if (newest.isEmpty() && evidence.unreadable().isEmpty() && late.compareTo(ON_ITS_WAY) > 0) {
      return Step.failed(
          Name.STORED,
          "Messages have come, and the stores have no item of the device.",
          seen,
          "See 'twinloom dead-letters' and 'twinloom logs --device " + question.device() + "'.");
    }
    return Step.passed(
        Name.STORED,
        newest
            .map(n -> "The newest item is of " + n + ".")
            .orElse("Nothing is stored yet; what has come is on its way."));
  }

  private Step verify() {
    try {
      VerifyReport report =
          evidence.twin().control().verify(evidence.configured().map(Device::id), VERIFY_LIMIT);
      Optional<VerifyReport.Hop> stopped = report.hops().stream().filter(h -> !h.ok()).findFirst();
      return stopped
          .map(
              hop ->
                  Step.failed(
                          Name.VERIFY,
                          "A marked measurement stopped at "
                              + hop.function()
                              + hop.detail().map(d -> ": " + d).orElse("")
                              + ".",
                          Optional.empty(),
                          "See 'twinloom logs --function " + hop.function() + "'.")
                      .at(Place.of(hop.function(), hop.cloud().id())))
          .orElseGet(
              () ->
                  Step.passed(
                      Name.VERIFY,
                      "A marked measurement came all the way, over "
                          + report.hops().size()
                          + " hops."));
    } catch (TwinloomException e) {
      return Step.failed(Name.VERIFY, e.what(), Optional.empty(), e.fix());
    }
  }
}
