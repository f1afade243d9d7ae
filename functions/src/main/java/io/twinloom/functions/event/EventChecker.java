package io.twinloom.functions.event;

import io.twinloom.functions.event.ConditionEvaluator.Evaluation;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.CloudConventions;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Evaluates the rules of a device on its event, and starts the actions of those that hold. Every
 * rule is evaluated on its own, and no failure stops the others.
 */
public final class EventChecker implements EventBody {

  private final List<String> warnings = new ArrayList<>();
  private final Map<String, List<Rule>> rules = new HashMap<>();
  private final RuleActions actions;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  /**
   * @param workflow the workflow that rules may run; empty where workflows are off
   * @param feedback the function that sends commands; empty where feedback is off
   * @param absent functions that rules name and this target does not have
   */
  public record Settings(Optional<String> workflow, Optional<String> feedback, Set<String> absent) {
    public Settings {
      absent = Set.copyOf(absent);
    }

    /**
     * Reads {@code USE_WORKFLOW} (default false; where it is true, the cloud's {@link
     * CloudConventions#workflowSetting} is required), {@code USE_FEEDBACK} (default false; where it
     * is true, {@code EVENT_FEEDBACK_LAMBDA_NAME} is required), and {@code ABSENT_FUNCTIONS}, names
     * separated by commas, which the local target sets.
     */
    public static Settings of(Environment environment, TwinInfo twin, Provider cloud) {
      Optional<String> workflow = Optional.empty();
      if (environment.flag("USE_WORKFLOW")) {
        workflow =
            Optional.of(
                cloud
                    .conventions()
                    .workflowSetting()
                    .map(environment::required)
                    .orElseGet(() -> twin.twin() + "-workflow"));
      }
      return new Settings(
          workflow,
          environment.flag("USE_FEEDBACK")
              ? Optional.of(environment.required("EVENT_FEEDBACK_LAMBDA_NAME"))
              : Optional.empty(),
          environment
              .optional("ABSENT_FUNCTIONS")
              .map(names -> Set.of(names.split(",")))
              .orElse(Set.of()));
    }
  }

  public EventChecker(
      Settings settings, TwinInfo twin, Workflows workflows, FunctionRuntime runtime) {
    this.actions = new RuleActions(settings, twin.twin(), workflows, runtime);
    RuleReader.Found found = RuleReader.read(twin);
    found.bad().forEach(this::skip);
    for (Rule rule : found.rules()) {
      Optional<String> skipReason = skipReason(rule, settings);
      if (skipReason.isPresent()) {
        skip(rule.number(), skipReason.get());
      } else {
        rules.computeIfAbsent(rule.device(), d -> new ArrayList<>()).add(rule);
      }
      if (rule.feedback().isPresent() && settings.feedback().isEmpty()) {
        warnings.add("Rule " + rule.number() + " sends no command: USE_FEEDBACK is not true.");
      }
    }
  }

  private static Optional<String> skipReason(Rule rule, Settings settings) {
    List<String> missing = rule.functions().stream().filter(settings.absent()::contains).toList();
    if (!missing.isEmpty()) {
      return Optional.of("it runs " + String.join(" and ", missing) + ", whose code is not here.");
    }
    return rule.type() == ActionType.WORKFLOW && settings.workflow().isEmpty()
        ? Optional.of("it runs a workflow, and USE_WORKFLOW is not true.")
        : Optional.empty();
  }

  private void skip(int number, String why) {
    warnings.add("Rule " + number + " is skipped: " + why);
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public Done run(Envelope envelope, Invocation invocation) {
    String device = envelope.device();
    List<Rule> holding = new ArrayList<>();
    for (Rule rule : rules.getOrDefault(device, List.of())) {
      if (holds(rule, envelope, invocation)) {
        holding.add(rule);
      }
    }
    if (envelope.mark().isPresent()) {
      return Done.answering(reported(envelope.mark().get(), holding, invocation));
    }
    RuleActions.Started started = actions.start(holding, envelope, invocation);
    return new Done(started.next(), fired(holding), started.lacking());
  }

  @Override
  public boolean takesBatches() {
    return true;
  }

  private static JsonObject fired(List<Rule> holding) {
    return JsonObject.builder()
        .put(
            "fired",
            new JsonArray(holding.stream().<JsonValue>map(r -> JsonNumber.of(r.number())).toList()))
        .build();
  }

  private boolean holds(Rule rule, Envelope envelope, Invocation invocation) {
    Evaluation evaluation = ConditionEvaluator.evaluate(rule.condition(), envelope.payload());
    for (ConditionEvaluator.SkippedComparison skipped : evaluation.skipped()) {
      if (!skipped.lacking()) {
        invocation.count("comparison-skipped");
        once(Level.WARN, rule, "A comparison is skipped: " + skipped.what(), envelope, invocation);
      } else if (evaluation.truth() == Truth.UNKNOWN) {
        once(Level.INFO, rule, "The rule is skipped: " + skipped.what(), envelope, invocation);
      }
    }
    if (evaluation.truth() == Truth.UNKNOWN) {
      invocation.count("rule-" + rule.number() + "-skipped");
    }
    return evaluation.truth() == Truth.TRUE;
  }

  /** Once for each text, which depends on the rules alone: the count says how often. */
  private void once(Level level, Rule rule, String what, Envelope envelope, Invocation invocation) {
    String text = "Rule " + rule.number() + ": " + what + ".";
    if (noted.add(text)) {
      invocation.note(level, text, Map.of("rule", Integer.toString(rule.number())));
      invocation.ruled(RuleKind.SKIPPED, rule.number(), rule.device(), envelope, text);
    }
  }

  private static JsonObject reported(JsonValue mark, List<Rule> holding, Invocation invocation) {
    List<JsonValue> would = new ArrayList<>();
    for (Rule rule : holding) {
      would.add(
          JsonObject.builder()
              .put("rule", rule.number())
              .put("condition", rule.conditionText())
              .put("does", rule.effects())
              .build());
    }
    String numbers =
        String.join(", ", holding.stream().map(r -> Integer.toString(r.number())).toList());
    invocation.note(
        Level.INFO,
        holding.isEmpty()
            ? "No rule would fire."
            : "Would fire, and is not run since the event is marked: rule " + numbers + ".",
        Map.of(
            "verify",
            mark instanceof JsonString text ? text.value() : Json.text(mark),
            "rules",
            numbers));
    return JsonObject.builder().put("verify", mark).put("would_fire", new JsonArray(would)).build();
  }
}
