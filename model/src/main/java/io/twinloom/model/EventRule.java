package io.twinloom.model;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.Optional;

/**
 * A rule of {@code config_events.json}.
 *
 * @param condition the condition, parsed
 * @param device the one device on whose events the rule is evaluated
 * @param source the rule as it stands in the file: actions are given it
 */
public record EventRule(Condition condition, String device, Action action, JsonObject source) {

  /** What happens when the condition holds. */
  public record Action(
      ActionType type,
      String functionName,
      Optional<String> functionNameB,
      Optional<String> pathToCode,
      boolean autoDeploy,
      Optional<Feedback> feedback) {}

  /** Whether a function runs or the workflow. */
  public enum ActionType {
    FUNCTION,
    WORKFLOW
  }

  /** What is sent to a device when the rule fires. */
  public record Feedback(String device, JsonValue payload) {}
}
