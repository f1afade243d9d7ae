package io.twinloom.functions.event;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** What rules have started: what is passed on, and why some of it cannot be started now. */
  static final class Started {
    private final List<Handed> next = new ArrayList<>();
    private Optional<TwinloomException> lacking = Optional.empty();

    List<Handed> next() {
      return next;
    }

    Optional<TwinloomException> lacking() {
      return lacking;
    }
  }

  RuleActions(
      EventChecker.Settings settings, String twin, Workflows workflows, FunctionRuntime runtime) {
    this.settings = settings;
    this.twin = twin;
    this.workflows = workflows;
    this.runtime = runtime;
  }

  /** Starts the actions of these rules, or says what is passed on for that. */
  Started start(List<Rule> rules, Envelope envelope, Invocation invocation) {
    Started started = new Started();
    for (Rule rule : rules) {
      invocation.count("rule-" + rule.number() + "-fired");
      String text = "Rule " + rule.number() + " fires: " + rule.effects() + ".";
      invocation.note(Level.INFO, text, fields(rule));
      invocation.ruled(RuleKind.FIRED, rule.number(), rule.device(), envelope, text);
      JsonObject given =
          JsonObject.builder()
              .put("e", rule.source())
              .put("event", envelope.payload())
              .put("trace_id", envelope.traceId())
              .build();
      if (rule.type() == ActionType.FUNCTION) {
        started.next.add(Handed.alone(rule.functions().getFirst(), given));
      } else {
        startWorkflow(rule, given, started, invocation);
      }
      feedback(rule, envelope).ifPresent(started.next::add);
    }
    return started;
  }

  private void startWorkflow(Rule rule, JsonObject given, Started started, Invocation invocation) {
    String name = settings.workflow().orElseThrow();
    Workflows.Run run = new Workflows.Run(rule.functions(), given);
    try {
      workflows.start(name, run);
    } catch (TwinloomException e) {
      if (e.retryable()) {
        invocation.note(
            Level.ERROR,
            "Rule " + rule.number() + ": " + name + " cannot be invoked now: " + e.what(),
            Map.of("code", e.code(), "rule", Integer.toString(rule.number())));
        started.lacking = started.lacking.or(() -> Optional.of(e));
        return;
      }
      invocation.count(Invocation.ACTION_DEAD_LETTERED);
      invocation.deadLetter(name, run.toJson(), e, 1);
    }
  }

  private Optional<Handed> feedback(Rule rule, Envelope envelope) {
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
    return Optional.of(Handed.alone(name, given));
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
