package io.twinloom.model.reading;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.EnumMap;
import java.util.Map;

/**
 * The user's own workflows in {@code state_machines/}. They are deployed as they are, so only what
 * every workflow of its cloud has is looked at.
 *
 * @see <a href="https://states-language.net/">Amazon States Language</a>
 * @see <a
 *     href="https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language">
 *     Workflow Definition Language</a>
 */
final class WorkflowFiles {
  static final String AWS = "state_machines/aws_step_function.json";
  static final String AZURE = "state_machines/azure_logic_app.json";
  static final String GOOGLE = "state_machines/google_cloud_workflow.yaml";

  private WorkflowFiles() {}

  /** The path of each cloud's workflow. */
  static Map<Provider, String> read(FileLoader loader) {
    Map<Provider, String> workflows = new EnumMap<>(Provider.class);
    if (loader.has(AWS)) {
      workflows.put(Provider.AWS, AWS);
      Located root = loader.json(AWS);
      if (root != null) {
        stepFunction(root, loader.problems(AWS));
      }
    }
    if (loader.has(AZURE)) {
      workflows.put(Provider.AZURE, AZURE);
      Located root = loader.json(AZURE);
      if (root != null) {
        logicApp(root, loader.problems(AZURE));
      }
    }
    if (loader.has(GOOGLE)) {
      workflows.put(Provider.GOOGLE, GOOGLE);
      String text = loader.text(GOOGLE);
      if (text != null && text.isBlank()) {
        loader
            .problems(GOOGLE)
            .fileError(
                ModelError.WORKFLOW_SHAPE,
                "The workflow is empty.",
                "Write a workflow with its steps, or delete the file.");
      }
    }
    return workflows;
  }

  private static void stepFunction(Located root, ProblemCollector problems) {
    String fix = "Write {\"StartAt\": \"First\", \"States\": {\"First\": {…}}}.";
    Members members = Members.of(root, problems, fix);
    if (members == null) {
      return;
    }
    String start = members.text("StartAt", fix);
    Located states = members.required("States", fix);
    Located at = members.optional("StartAt");
    if (states == null || Members.of(states, problems, fix) == null) {
      return;
    }
    if (start != null && at != null && states.member(start) == null) {
      problems.error(
          ModelError.WORKFLOW_SHAPE,
          at,
          "\"StartAt\" is " + Quoting.quoted(start) + ", which is none of the states.",
          "Write the name of a state." + Quoting.hint(start, states.members().keySet()));
    }
  }

  private static void logicApp(Located root, ProblemCollector problems) {
    String fix = "Write {\"definition\": {\"triggers\": {…}, \"actions\": {…}}}.";
    Located definition = root.member("definition");
    Located at = definition == null ? root : definition;
    Members members = Members.of(at, problems, fix);
    if (members != null) {
      for (String key : new String[] {"triggers", "actions"}) {
        Located part = members.required(key, fix);
        if (part != null && !(part.value() instanceof JsonObject)) {
          problems.error(ModelError.VALUE_TYPE, part, Members.notA("an object", part), fix);
        }
      }
      Located schema = members.optional("$schema");
      if (schema != null && !(schema.value() instanceof JsonString)) {
        problems.error(ModelError.VALUE_TYPE, schema, Members.notA("a text", schema), fix);
      }
    }
  }
}
