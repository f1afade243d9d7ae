package io.twinloom.functions.event;

import io.twinloom.functions.event.Rule.Feedback;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfo.ComponentPath;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.Names;
import io.twinloom.model.condition.ComponentPaths;
import io.twinloom.model.condition.ConditionException;
import io.twinloom.model.condition.ConditionParser;
import io.twinloom.model.condition.ParsedCondition;
import io.twinloom.model.condition.PathResolver;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the rules of {@code config_events}. A project's rules were checked before it was deployed;
 * what another deployer writes is checked again, rule by rule: a bad one harms no other.
 */
final class RuleReader {

  /**
   * The rules that can be evaluated.
   *
   * @param bad why others cannot, by their numbers
   */
  record Found(List<Rule> rules, Map<Integer, String> bad) {}

  /** Why a rule cannot be evaluated. */
  private static final class BadRule extends Exception {
    private static final long serialVersionUID = 1;

    BadRule(String why) {
      super(why, null, false, false);
    }
  }

  private final TwinInfo twin;
  private final Map<String, Set<String>> devicesByPath = new HashMap<>();
  private final Map<String, Set<String>> devicesByName = new HashMap<>();

  private RuleReader(TwinInfo twin) {
    this.twin = twin;
    for (Map.Entry<ComponentPath, String> component : twin.components().devices().entrySet()) {
      String path = component.getKey().entity() + "." + component.getKey().component();
      devicesByPath.computeIfAbsent(path, p -> new HashSet<>()).add(component.getValue());
      devicesByName
          .computeIfAbsent(DeviceIds.normal(component.getKey().component()), n -> new HashSet<>())
          .add(component.getValue());
    }
  }

  static Found read(TwinInfo twin) {
    RuleReader reader = new RuleReader(twin);
    List<Rule> rules = new ArrayList<>();
    Map<Integer, String> bad = new TreeMap<>();
    int number = 0;
    for (JsonValue rule : twin.rules()) {
      number++;
      try {
        rules.add(reader.rule(number, rule));
      } catch (BadRule e) {
        bad.put(number, String.valueOf(e.getMessage()));
      }
    }
    return new Found(rules, bad);
  }

  private Rule rule(int number, JsonValue value) throws BadRule {
    if (!(value instanceof JsonObject source)) {
      throw new BadRule("it is " + value.kind() + ", not an object.");
    }
    String text = source.text("condition").orElseThrow(() -> new BadRule("it has no condition."));
    JsonObject action = source.object("action").orElseThrow(() -> new BadRule("it has no action."));
    ParsedCondition condition;
    try {
      condition = ConditionParser.parse(text, this::resolve);
    } catch (ConditionException e) {
      throw new BadRule("its condition is wrong at column " + e.column() + ": " + e.what());
    }
    return new Rule(
        number,
        condition.condition(),
        condition.device(),
        type(action),
        functions(action),
        action.object("feedback").isPresent() ? Optional.of(feedback(action)) : Optional.empty(),
        source);
  }

  /** A component of the hierarchy; where it has none, the device that what follows a dot names. */
  private PathResolver.Meaning resolve(String component, String property) {
    Set<String> devices = devicesByPath.getOrDefault(component, Set.of());
    if (devices.isEmpty()) {
      devices = new HashSet<>();
      for (String tail : ComponentPaths.tails(component)) {
        String end = DeviceIds.normal(tail);
        devices.addAll(devicesByName.getOrDefault(end, Set.of()));
        if (twin.hasDevice(end)) {
          devices.add(end);
        }
      }
    }
    if (devices.size() != 1) {
      return new PathResolver.Unclear(
          devices.isEmpty() ? ModelError.CONDITION_PATH : ModelError.CONDITION_AMBIGUOUS,
          "\"" + component + "\" means " + (devices.isEmpty() ? "no device" : "several devices"),
          "Write entityId.componentId.propertyName.");
    }
    // Of what type a value is shows when it comes: a wrong one is skipped then, and logged.
    return new PathResolver.OfDevice(devices.iterator().next(), Optional.empty());
  }

  private static ActionType type(JsonObject action) throws BadRule {
    return switch (action.text("type").orElse("")) {
      case "function", "lambda" -> ActionType.FUNCTION;
      case "workflow", "step_function", "logic_app" -> ActionType.WORKFLOW;
      default -> throw new BadRule("its action has no type that is known.");
    };
  }

  private List<String> functions(JsonObject action) throws BadRule {
    boolean ours = !JsonBoolean.FALSE.equals(action.get("autoDeploy"));
    List<String> functions = new ArrayList<>();
    for (String key :
        type(action) == ActionType.FUNCTION
            ? List.of("functionName")
            : List.of("functionName", "functionNameB")) {
      String name =
          action
              .text(key)
              .filter(n -> !n.isBlank())
              .orElseThrow(() -> new BadRule("its action has no " + key + "."));
      functions.add(ours ? Names.eventAction(twin.twin(), name) : name);
    }
    return functions;
  }

  private static Feedback feedback(JsonObject action) throws BadRule {
    JsonObject feedback = action.object("feedback").orElse(JsonObject.EMPTY);
    String device =
        feedback
            .text("iotDeviceId")
            .orElseThrow(() -> new BadRule("its feedback has no iotDeviceId."));
    JsonValue payload = feedback.get("payload");
    if (payload == null) {
      throw new BadRule("its feedback has no payload.");
    }
    return new Feedback(DeviceIds.normal(device), payload);
  }
}
