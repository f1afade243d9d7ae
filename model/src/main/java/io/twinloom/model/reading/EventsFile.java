package io.twinloom.model.reading;

import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.json.Located;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.Action;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.EventRule.Feedback;
import io.twinloom.model.Features;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.Names;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.UserCode;
import io.twinloom.model.condition.ConditionException;
import io.twinloom.model.condition.ConditionParser;
import io.twinloom.model.condition.ParsedCondition;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code config_events.json}. */
final class EventsFile {
  static final String PATH = "config_events.json";

  /** The largest command that every cloud delivers to a device. */
  private static final int MAX_COMMAND_BYTES = 60 * 1024;

  private static final List<String> TYPES =
      List.of("function", "lambda", "workflow", "step_function", "logic_app");
  private static final String EXAMPLE =
      "{\"condition\": \"room-1.sensor-1.temperature > DOUBLE(30)\", \"action\": {\"type\":"
          + " \"function\", \"functionName\": \"alarm\"}}";

  private final KnownDevices devices;
  private final @Nullable Features features;
  private final @Nullable RulePaths paths;
  private final @Nullable CodeFolders folders;
  private final ProblemCollector problems;

  private final List<EventRule> rules = new ArrayList<>();
  private final Map<String, UserCode> code = new LinkedHashMap<>();
  private final Map<String, Located> functions = new LinkedHashMap<>();
  private final List<String> deployed = new ArrayList<>();
  private boolean runsWorkflow;

  /**
   * What the file says.
   *
   * @param functions where each functionName stands first
   * @param deployed the functionNames that Twinloom deploys
   * @param runsWorkflow whether any rule runs a workflow
   */
  record Found(
      List<EventRule> rules,
      List<UserCode> code,
      Map<String, Located> functions,
      List<String> deployed,
      boolean runsWorkflow) {
    static final Found NOTHING = new Found(List.of(), List.of(), Map.of(), List.of(), false);
  }

  private EventsFile(
      KnownDevices devices,
      @Nullable Features features,
      @Nullable RulePaths paths,
      @Nullable CodeFolders folders,
      ProblemCollector problems) {
    this.devices = devices;
    this.features = features;
    this.paths = paths;
    this.folders = folders;
    this.problems = problems;
  }

  /**
   * @param features what is switched on; null where that is not known
   * @param paths what the conditions' paths mean; null where that is not known
   * @param folders where code is; null where that is not known
   */
  static Found read(
      Located root,
      KnownDevices devices,
      @Nullable Features features,
      @Nullable RulePaths paths,
      @Nullable CodeFolders folders,
      ProblemCollector problems) {
    if (!root.isArray()) {
      problems.error(
          ModelError.VALUE_TYPE,
          root,
          Members.notA("a list of rules", root),
          "Write a list such as [" + EXAMPLE + "], or [].");
      return Found.NOTHING;
    }
    if (!root.elements().isEmpty() && features != null && !features.useEventChecking()) {
      problems.warning(
          ModelError.EVENTS_OFF,
          root,
          "There are rules, but none is checked: \"useEventChecking\" is not true.",
          "Set result.inputParamsUsed.useEventChecking to true in " + OptimizationFile.PATH + ".");
    }
    EventsFile file = new EventsFile(devices, features, paths, folders, problems);
    for (Located rule : root.elements()) {
      file.rule(rule);
    }
    return new Found(
        file.rules,
        List.copyOf(file.code.values()),
        file.functions,
        file.deployed,
        file.runsWorkflow);
  }

  private void rule(Located at) {
    Members members = Members.of(at, problems, "Write an object such as " + EXAMPLE + ".");
    if (members == null) {
      return;
    }
    String text = members.text("condition", "Write a condition, such as in " + EXAMPLE + ".");
    Located conditionAt = members.optional("condition");
    ParsedCondition condition =
        text == null || conditionAt == null ? null : condition(text, conditionAt);
    Located actionAt = members.required("action", "Write an action, such as in " + EXAMPLE + ".");
    members.done();
    Action action = actionAt == null ? null : action(actionAt);
    if (condition != null && action != null && at.value() instanceof JsonObject source) {
      rules.add(new EventRule(condition.condition(), condition.device(), action, source));
    }
  }

  private @Nullable ParsedCondition condition(String text, Located at) {
    if (paths == null) {
      return null;
    }
    try {
      ParsedCondition parsed = ConditionParser.parse(text, paths.at(at, problems));
      ConditionTexts.warn(parsed.condition(), at, problems);
      return parsed;
    } catch (ConditionException e) {
      problems.error(
          e.error(),
          at,
          "The condition is wrong at column "
              + e.column()
              + ": "
              + e.what()
              + (e.what().endsWith(".") ? "" : "."),
          e.fix());
      return null;
    }
  }

  private @Nullable Action action(Located at) {
    Members members =
        Members.of(at, problems, "Write {\"type\": \"function\", \"functionName\": \"alarm\"}.");
    if (members == null) {
      return null;
    }
    ActionType type = type(members);
    boolean autoDeploy = members.flag("autoDeploy", true);
    String path = members.optionalText("pathToCode", "Write the path of the code's folder.");
    String name = functionName(members, "functionName", true);
    String second = functionName(members, "functionNameB", type == ActionType.WORKFLOW);
    if (name != null) {
      code(members, "functionName", name, path, autoDeploy);
    }
    if (second != null && type == ActionType.WORKFLOW) {
      code(members, "functionNameB", second, null, autoDeploy);
    }
    Located feedbackAt = members.optional("feedback");
    members.done();
    Feedback feedback = feedbackAt == null ? null : feedback(feedbackAt);
    return type == null || name == null
        ? null
        : new Action(
            type,
            name,
            Optional.ofNullable(second),
            Optional.ofNullable(path),
            autoDeploy,
            Optional.ofNullable(feedback));
  }

  private @Nullable ActionType type(Members members) {
    String type = members.text("type", "Write \"function\" or \"workflow\".");
    Located at = members.optional("type");
    if (type == null || at == null) {
      return null;
    }
    switch (type) {
      case "function", "lambda":
        return ActionType.FUNCTION;
      case "workflow", "step_function", "logic_app":
        runsWorkflow = true;
        if (features != null && !features.triggerNotificationWorkflow()) {
          problems.error(
              ModelError.WORKFLOW_OFF,
              at,
              "\"type\" is "
                  + Quoting.quoted(type)
                  + ", but \"triggerNotificationWorkflow\" is not true, so there is no workflow.",
              "Set result.inputParamsUsed.triggerNotificationWorkflow to true in "
                  + OptimizationFile.PATH
                  + ", or write \"function\".");
        }
        return ActionType.WORKFLOW;
      default:
        problems.error(
            ModelError.VALUE_UNKNOWN,
            at,
            "\"type\" is " + Quoting.quoted(type) + ", which is not a type of action.",
            Quoting.write(type, TYPES));
        return null;
    }
  }

  private @Nullable String functionName(Members members, String key, boolean required) {
    String fix = "Write a name of 1 to 40 of the characters a-z A-Z 0-9 - _, such as \"alarm\".";
    String name = required ? members.text(key, fix) : members.optionalText(key, fix);
    Located at = members.optional(key);
    if (name == null || at == null) {
      return null;
    }
    if (!Names.isFunctionName(name) || CodeFolders.isReserved(name)) {
      problems.error(
          ModelError.NAME_ILLEGAL,
          at,
          Quoting.quoted(name) + " cannot be the name of a function.",
          fix);
      return null;
    }
    functions.putIfAbsent(name, at);
    return name;
  }

  private void code(
      Members members, String key, String name, @Nullable String path, boolean autoDeploy) {
    if (autoDeploy) {
      deployed.add(name);
    }
    Located at = members.optional(key);
    if (folders == null || at == null) {
      return;
    }
    Located pathAt = members.optional("pathToCode");
    CodeFolders.Looked looked = folders.action(name, pathAt, path, problems);
    if (looked.code().isPresent()) {
      UserCode found = looked.code().get();
      UserCode first = code.putIfAbsent(name, found);
      if (first != null && !first.folder().equals(found.folder())) {
        problems.error(
            ModelError.CODE_TWO_FOLDERS,
            pathAt == null ? at : pathAt,
            Quoting.quoted(name) + " has its code in " + first.folder() + " in another rule.",
            "Let every rule that runs the same function name the same folder.");
      }
    } else if (!looked.reported() && autoDeploy) {
      problems.error(
          ModelError.CODE_MISSING,
          at,
          "There is no code for " + Quoting.quoted(name) + ".",
          "Put process.py or a Java class into event_actions/" + name + "/.");
    } else if (!looked.reported()) {
      problems.warning(
          ModelError.CODE_NOT_HERE,
          at,
          "There is no code for " + Quoting.quoted(name) + ": on the local target it does not run.",
          "Put its code into event_actions/" + name + "/ to run it locally too.");
    }
  }

  private @Nullable Feedback feedback(Located at) {
    String example = "{\"type\": \"mqtt\", \"iotDeviceId\": \"sensor-1\", \"payload\": \"stop\"}";
    Members members = Members.of(at, problems, "Write " + example + ".");
    if (members == null) {
      return null;
    }
    if (features != null && !features.returnFeedbackToDevice()) {
      problems.warning(
          ModelError.FEEDBACK_OFF,
          at,
          "No feedback is sent: \"returnFeedbackToDevice\" is not true.",
          "Set result.inputParamsUsed.returnFeedbackToDevice to true in "
              + OptimizationFile.PATH
              + ".");
    }
    String type = members.text("type", "Write \"mqtt\".");
    Located typeAt = members.optional("type");
    if (type != null && typeAt != null && !type.equals("mqtt")) {
      problems.error(
          ModelError.VALUE_UNKNOWN,
          typeAt,
          "\"type\" is " + Quoting.quoted(type) + ", which is not a type of feedback.",
          "Write \"mqtt\".");
    }
    String fix = "Write the id of a device of " + DevicesFile.PATH + ".";
    String device = members.text("iotDeviceId", fix);
    Located deviceAt = members.optional("iotDeviceId");
    if (device != null && deviceAt != null && devices.lacks(device)) {
      problems.error(
          ModelError.DEVICE_UNKNOWN,
          deviceAt,
          "\"iotDeviceId\" is " + Quoting.quoted(device) + ", which is not a device.",
          fix + Quoting.hint(device, devices.ids()));
    }
    Located payload = members.required("payload", "Write what is sent to the device.");
    members.done();
    if (payload != null && isTooLarge(payload.value())) {
      problems.error(
          ModelError.COMMAND_TOO_LARGE,
          payload,
          "\"payload\" has more than " + MAX_COMMAND_BYTES + " bytes as JSON.",
          "Send less: not every cloud delivers more to a device.");
    }
    return device == null || payload == null
        ? null
        : new Feedback(DeviceIds.normal(device), payload.value());
  }

  private static boolean isTooLarge(JsonValue payload) {
    boolean isSmall =
        payload instanceof JsonNumber
            || payload instanceof JsonBoolean
            || (payload instanceof JsonString text && text.value().length() < 10_000);
    return !isSmall && Json.bytes(payload).length > MAX_COMMAND_BYTES;
  }
}
