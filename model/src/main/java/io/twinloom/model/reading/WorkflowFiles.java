package io.twinloom.model.reading;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.Placed;
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
      Placed root = loader.json(AWS);
      if (root != null) {
        stepFunction(root, loader.findings(AWS));
      }
    }
    if (loader.has(AZURE)) {
      workflows.put(Provider.AZURE, AZURE);
      Placed root = loader.json(AZURE);
      if (root != null) {
        logicApp(root, loader.findings(AZURE));
      }
    }
    if (loader.has(GOOGLE)) {
      workflows.put(Provider.GOOGLE, GOOGLE);
      String text = loader.text(GOOGLE);
      if (text != null && text.isBlank()) {
        loader
            .findings(GOOGLE)
            .fileError(
                ModelError.WORKFLOW_SHAPE,
                "The workflow is empty.",
                "Write a workflow with its steps, or delete the file.");
      }
    }
    return workflows;
  }

  private static void stepFunction(Placed root, Findings findings) {
    String fix = "Write {\"StartAt\": \"First\", \"States\": {\"First\": {…}}}.";
    Members members = Members.of(root, findings, fix);
    if (members == null) {
      return;
    }
    String start = members.text("StartAt", fix);
    Placed states = members.required("States", fix);
    Placed at = members.optional("StartAt");
    if (states == null || Members.of(states, findings, fix) == null) {
      return;
    }
    if (start != null && at != null && states.member(start) == null) {
      findings.error(
          ModelError.WORKFLOW_SHAPE,
          at,
          "\"StartAt\" is " + Words.quoted(start) + ", which is none of the states.",
          "Write the name of a state." + Words.hint(start, states.members().keySet()));
    }
  }

  private static void logicApp(Placed root, Findings findings) {
    String fix = "Write {\"definition\": {\"triggers\": {…}, \"actions\": {…}}}.";
    Placed definition = root.member("definition");
    Placed at = definition == null ? root : definition;
    Members members = Members.of(at, findings, fix);
    if (members != null) {
      for (String key : new String[] {"triggers", "actions"}) {
        Placed part = members.required(key, fix);
        if (part != null && !(part.value() instanceof JsonObject)) {
          findings.error(ModelError.VALUE_TYPE, part, Members.notA("an object", part), fix);
        }
      }
      Placed schema = members.optional("$schema");
      if (schema != null && !(schema.value() instanceof JsonString)) {
        findings.error(ModelError.VALUE_TYPE, schema, Members.notA("a text", schema), fix);
      }
    }
  }
}
