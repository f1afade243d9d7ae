package io.twinloom.functions.event;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Condition;
import io.twinloom.model.EventRule.ActionType;
import java.util.List;
import java.util.Optional;

/**
 * A rule as the event checker goes by it.
 *
 * @param number its place in {@code config_events.json}, from 1
 * @param device the device on whose events it is evaluated
 * @param functions the deployed names of what its action runs: one function, or the two of the
 *     workflow
 * @param source the rule as it is written: actions are given it
 */
record Rule(
    int number,
    Condition condition,
    String device,
    ActionType type,
    List<String> functions,
    Optional<Feedback> feedback,
    JsonObject source) {

  Rule {
    functions = List.copyOf(functions);
  }

  /** What is sent to a device when the rule fires. */
  record Feedback(String device, JsonValue payload) {}

  /** Its condition as it is written. */
  String conditionText() {
    return source.text("condition").orElse("");
  }

  /** What it does, for people. */
  String effects() {
    return (type == ActionType.FUNCTION ? "function " : "workflow ")
        + String.join(", then ", functions)
        + feedback.map(f -> ", and a command to " + f.device()).orElse("");
  }
}
