package io.twinloom.functions.event;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.TwinloomException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the actions of rules. One that fails leaves the others alone, and is not lost:
 *
 * <ul>
 *   <li>What would fail again (there is no such function) becomes a dead letter of that function,
 *       which replays this one action and no other.
 *   <li>What may succeed later (the cloud throttles invocations) fails the event checker's own
 *       invocation, once all else is started. That is repeated with all actions: they run at least
 *       once.
 * </ul>
 */
final class RuleActions {
  private final EventChecker.Settings settings;
  private final String twin;
  private final Workflows workflows;
  private final FunctionRuntime runtime;

  /** One function or workflow to start: replaying it is invoking its target with its event. */
  private record Action(String target, JsonObject event, Consumer<Invocation> start) {}

  RuleActions(
      EventChecker.Settings settings, String twin, Workflows workflows, FunctionRuntime runtime) {
    this.settings = settings;
    this.twin = twin;
    this.workflows = workflows;
    this.runtime = runtime;
  }

  /**
   * Starts the actions of these rules.
   *
   * @throws TwinloomException if something could not be started that may be started later
   */
  void startAll(List<Rule> rules, Envelope envelope, Invocation invocation) {
    @Nullable RuntimeException failure = null;
    for (Rule rule : rules) {
      invocation.count("rule-" + rule.number() + "-fired");
      invocation.note(
          Level.INFO, "Rule " + rule.number() + " fires: " + rule.effects() + ".", fields(rule));
      for (Action action : actions(rule, envelope)) {
        try {
          start(action, rule, invocation);
        } catch (RuntimeException e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void start(Action action, Rule rule, Invocation invocation) {
    try {
      action.start().accept(invocation);
    } catch (TwinloomException e) {
      if (e.retryable()) {
        invocation.note(
            Level.ERROR,
            "Rule "
                + rule.number()
                + ": "
                + action.target()
                + " cannot be invoked now: "
                + e.what(),
            Map.of("code", e.code(), "rule", Integer.toString(rule.number())));
        throw e;
      }
      invocation.count("action-dead-lettered");
      invocation.deadLetter(action.target(), action.event(), e, 1);
    }
  }

  private List<Action> actions(Rule rule, Envelope envelope) {
    JsonObject given =
        JsonObject.builder()
            .put("e", rule.source())
            .put("event", envelope.payload())
            .put("trace_id", envelope.traceId())
            .build();
    Action action =
        rule.type() == ActionType.FUNCTION ? function(rule, given) : workflow(rule, given);
    return feedback(rule, envelope).map(f -> List.of(action, f)).orElse(List.of(action));
  }

  private Action function(Rule rule, JsonObject given) {
    String name = rule.functions().getFirst();
    return new Action(name, given, invocation -> invocation.invokeLater(name, given));
  }

  private Action workflow(Rule rule, JsonObject given) {
    String name = settings.workflow().orElseThrow();
    Workflows.Run run = new Workflows.Run(rule.functions(), given);
    return new Action(name, run.toJson(), invocation -> workflows.start(name, run));
  }

  private Optional<Action> feedback(Rule rule, Envelope envelope) {
    if (rule.feedback().isEmpty() || settings.feedback().isEmpty()) {
      return Optional.empty();
    }
    String name = settings.feedback().get();
    JsonObject payload =
        new Command(twin, rule.feedback().get().device(), rule.feedback().get().payload())
            .toJson().toBuilder()
                .put("event", envelope.payload())
                .put(EventFeedback.RULE, rule.number())
                .build();
    JsonObject given =
        envelope
            .ofType(Envelope.COMMAND)
            .sentOn(runtime.sourceCloud(), "L2", payload, runtime.clock())
            .toJson();
    return Optional.of(new Action(name, given, invocation -> invocation.invokeLater(name, given)));
  }

  private static Map<String, String> fields(Rule rule) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rule", Integer.toString(rule.number()));
    fields.put("condition", rule.conditionText());
    fields.put("runs", String.join(",", rule.functions()));
    rule.feedback().ifPresent(f -> fields.put("commands", f.device()));
    return fields;
  }
}
